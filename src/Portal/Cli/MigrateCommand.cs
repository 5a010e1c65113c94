using System.CommandLine;

namespace Dojo.Pci.Portal.Cli;

/// <summary><c>migrate</c>: brings the schema up to date without serving, as a step of its own in a deployment.</summary>
internal static class MigrateCommand
{
    public static Command Build(CommandHost host)
    {
        var migrate = new Command("migrate", "Brings the schema up to date.");
        migrate.SetAction((_, _) => host.RunAsync(async (_, _) =>
        {
            await Console.Out.WriteLineAsync("The schema is up to date.");
            return 0;
        }));
        return migrate;
    }
}
