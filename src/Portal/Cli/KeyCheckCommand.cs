using System.CommandLine;
using Dojo.Pci.Tokenization.ApiKeys;

namespace Dojo.Pci.Portal.Cli;

/// <summary>
/// <c>keys check</c>: finds API keys in a text and reports whether the checksum of each is right, without settings, database or network.
/// It is for people who find what may be a leaked key: a right checksum means that one of our programs created the key, not that it is
/// still valid. A key is never printed.
/// </summary>
internal static class KeyCheckCommand
{
    public const string Verb = "keys";

    private const string StandardInput = "-";

    public static Command Build()
    {
        var text = new Argument<string>("TEXT") { Description = "the text; - reads standard input, which leaves no key in the shell's history" };
        var check = new Command("check", "Says for each API key in a text whether its checksum is right. Exits with 0 when one is, with 1 when none is.") { text };
        check.SetAction((parsed, _) => parsed.GetValue(text) is { } given && given != StandardInput
            ? RunAsync(new StringReader(given), Console.Out)
            : RunAsync(Console.In, Console.Out));
        return new Command(Verb, "Finds API keys in a text and checks them, without a database.") { check };
    }

    /// <summary>Checks a text line by line: no key contains a line break.</summary>
    internal static async Task<int> RunAsync(TextReader text, TextWriter findings)
    {
        var (any, anyRight) = (false, false);
        while (await text.ReadLineAsync() is { } line)
        {
            foreach (var found in ApiKeyDetector.Find(line))
            {
                (any, anyRight) = (true, anyRight || found.IsWellFormed);
                await findings.WriteLineAsync($"{found.Masked}  {(found.IsWellFormed ? "checksum right" : "checksum wrong: damaged, or not one of ours")}");
            }
        }

        if (!any)
        {
            await findings.WriteLineAsync("No API key found.");
        }

        return anyRight ? 0 : 1;
    }
}
