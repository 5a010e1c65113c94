using System.CommandLine;
using System.Globalization;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Integrity;

namespace Dojo.Pci.Portal.Cli;

/// <summary><c>database check</c>: checks that everything that is stored is intact, even while the service runs. Writes nothing.</summary>
internal static class DatabaseCommand
{
    public static Command Build(CommandHost host)
    {
        var sample = SampleOption();
        var check = new Command("check", "Reads the whole database, opens every card in it, and reports what is damaged. Takes minutes if the database is large. Writes nothing. Exits with 0 when all is well, with 1 when not.") { sample };
        check.SetAction((parsed, _) => host.InspectAsync([], services => CheckAsync(services, parsed.GetValue(sample))));
        return new Command("database", "Checks that everything stored is intact.") { check };
    }

    /// <summary>Creates the option that limits how many cards a check opens.</summary>
    public static Option<int?> SampleOption() => new("--sample")
    {
        HelpName = "COUNT",
        Description = "opens at most this many cards, spread over all tokens",
        CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0)
            {
                return count;
            }

            result.AddError("COUNT must be a whole number, 1 or more.");
            return null;
        },
    };

    /// <summary>Checks a vault that is open for inspection, and prints the findings.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> CheckAsync(IServiceProvider services, int? sample)
    {
        await Console.Out.WriteLineAsync($"Engine: {services.GetRequiredService<IVault>().Engine}");
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
            await Console.Out.WriteLineAsync("The database is intact.");
        }

        return found.Faults.Count == 0 ? 0 : 1;
    }
}
