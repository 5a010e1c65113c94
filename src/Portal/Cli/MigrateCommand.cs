using System.CommandLine;
using Dojo.Pci.Tokenization;

namespace Dojo.Pci.Portal.Cli;

/// <summary>
/// <c>migrate</c>: brings the schema up to date without serving, as a separate step of a deployment; with <c>--roles</c> it also creates the
/// database's roles.
/// </summary>
internal static class MigrateCommand
{
    public static Command Build(CommandHost host)
    {
        var roles = new Option<bool>("--roles")
        {
            Description = "on PostgreSQL: also creates the roles dojo_pci_app, dojo_pci_migrator and dojo_pci_reader, or grants them their rights again",
            Arity = ArgumentArity.Zero,
        };
        var migrate = new Command("migrate", "Brings the schema up to date.") { roles };
        migrate.SetAction((parsed, _) => host.RunAsync((services, _) => FinishAsync(services.GetRequiredService<IDatabaseRoles>(), parsed.GetValue(roles))));
        return migrate;
    }

    private static async Task<int> FinishAsync(IDatabaseRoles roles, bool makesRoles)
    {
        await Console.Out.WriteLineAsync("The schema is up to date.");
        if (!makesRoles)
        {
            return 0;
        }

        if (!roles.AreKnown)
        {
            await Console.Error.WriteLineAsync("SQLite has no roles: anyone who can read its file can read everything. --roles is for Storage:Provider=Postgres.");
            return 1;
        }

        roles.Make();
        await Console.Out.WriteLineAsync("The roles dojo_pci_app, dojo_pci_migrator and dojo_pci_reader have their rights. Create users in them: CREATE USER portal_app PASSWORD '…' IN ROLE dojo_pci_app.");
        return 0;
    }
}
