using Dojo.Pci.Tokenization;

namespace Dojo.Pci.Portal.Cli;

/// <summary><c>migrate</c>: brings the schema up to date without serving, as a step of its own in a deployment.</summary>
internal static class MigrateCommand
{
    public const string Verb = "migrate";

    public static async Task<int> RunAsync(IServiceProvider services)
    {
        await services.GetRequiredService<IVault>().OpenAsync(VaultUse.Administration, CancellationToken.None);
        await Console.Out.WriteLineAsync("The schema is up to date.");
        return 0;
    }
}
