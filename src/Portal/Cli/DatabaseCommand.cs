using System.Globalization;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Integrity;

namespace Dojo.Pci.Portal.Cli;

/// <summary><c>database check</c>: looks whether everything that is stored is whole, also while the service runs. Writes nothing.</summary>
internal static class DatabaseCommand
{
    public const string Verb = "database";

    private const string Usage = """
        usage: database check                 reads the whole database, opens every card in it, and says what is not whole; writes nothing
               database check --sample COUNT  opens no more than so many cards, spread over all tokens
               ends with 0 when all is well, with 1 when not
        """;

    public static async Task<int> RunAsync(IServiceProvider services, IReadOnlyList<string> arguments)
    {
        if (!TryRead(arguments, out var sample))
        {
            return await CommandLine.RefuseAsync(Usage);
        }

        await services.GetRequiredService<IVault>().OpenAsync(VaultUse.Inspection, CancellationToken.None);
        var found = await services.GetRequiredService<IVaultCheck>().CheckAsync(sample, CancellationToken.None);
        foreach (var fault in found.Faults)
        {
            await Console.Out.WriteLineAsync(fault);
        }

        if (found.Cards is { } cards)
        {
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Opened {found.CheckedCards} of {cards} sealed cards."));
        }

        if (found.Faults.Count == 0)
        {
            await Console.Out.WriteLineAsync("The database is whole.");
        }

        return found.Faults.Count == 0 ? 0 : 1;
    }

    private static bool TryRead(IReadOnlyList<string> arguments, out int? sample)
    {
        sample = null;
        switch (arguments.Where(argument => !IsSetting(argument)).ToArray())
        {
            case ["check"]:
                return true;
            case ["check", "--sample", var count] when int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0:
                sample = number;
                return true;
            default:
                return false;
        }
    }

    // --Section:Name=value, which the host has read.
    private static bool IsSetting(string argument) =>
        argument.StartsWith("--", StringComparison.Ordinal) && argument.Contains(':', StringComparison.Ordinal) && argument.Contains('=', StringComparison.Ordinal);
}
