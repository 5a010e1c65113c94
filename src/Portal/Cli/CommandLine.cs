using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Portal.Cli;

/// <summary>What the commands of an operator have in common.</summary>
internal static class CommandLine
{
    /// <summary>What this program can be told to do.</summary>
    public const string Usage = """
        usage: without a command, serves; settings are given as --Section:Name=value
               accounts     shows and makes accounts, and prints links for their owners
               api-keys     makes, lists and revokes API keys
               bench        measures the product on this machine, on temporary data
               database     looks whether everything that is stored is whole
               keys         finds API keys in a text and checks them, without a database
               locations    shows locations and changes their settings
               migrate      brings the schema up to date
        """;

    /// <summary>Whether a first argument is meant as a command, and not as a setting.</summary>
    public static bool IsNoSetting(string argument) =>
        argument is "--help" or "-h" or "-?" || !(argument.StartsWith('-') || argument.StartsWith('/') || argument.Contains('=', StringComparison.Ordinal));

    /// <summary>Opens the vault beside whatever serves it, and gives its locations.</summary>
    public static async Task<IReadOnlyList<Location>> OpenAsync(IServiceProvider services)
    {
        await services.GetRequiredService<IVault>().OpenAsync(VaultUse.Administration, CancellationToken.None);
        return await services.GetRequiredService<IAccountStore>().ListLocationsAsync(CancellationToken.None);
    }

    /// <summary>Says how a command is used.</summary>
    /// <returns>The exit code for a command that was not understood.</returns>
    public static async Task<int> RefuseAsync(string usage)
    {
        await Console.Error.WriteLineAsync(usage);
        return 2;
    }
}
