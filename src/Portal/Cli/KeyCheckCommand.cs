using Dojo.Pci.Tokenization.ApiKeys;

namespace Dojo.Pci.Portal.Cli;

/// <summary>
/// <c>keys check</c>: looks for API keys in a text and says of each whether its checksum is right, without settings, database
/// or network. For whoever finds what may be a leaked key: a right checksum says that one of our programs made it, not that it
/// is still taken. A key is never printed.
/// </summary>
internal static class KeyCheckCommand
{
    public const string Verb = "keys";

    private const string StandardInput = "-";

    private const string Usage = """
        usage: keys check TEXT   finds API keys in the text and says whether their checksums are right
               keys check -      the same for standard input, which leaves no key in the shell's history
               ends with 0 when a key with a right checksum was found, with 1 when none was
        """;

    public static Task<int> RunAsync(IReadOnlyList<string> arguments) => arguments switch
    {
        ["check", StandardInput] => RunAsync(Console.In, Console.Out),
        ["check", var text] => RunAsync(new StringReader(text), Console.Out),
        _ => CommandLine.RefuseAsync(Usage),
    };

    /// <summary>Reads line by line: no key has a line break in it.</summary>
    internal static async Task<int> RunAsync(TextReader text, TextWriter findings)
    {
        var (any, anyRight) = (false, false);
        while (await text.ReadLineAsync() is { } line)
        {
            foreach (var found in ApiKeyDetector.Find(line))
            {
                (any, anyRight) = (true, anyRight || found.IsWellFormed);
                await findings.WriteLineAsync($"{found.Masked}  {(found.IsWellFormed ? "checksum right" : "checksum wrong: mutilated, or not one of ours")}");
            }
        }

        if (!any)
        {
            await findings.WriteLineAsync("No API key found.");
        }

        return anyRight ? 0 : 1;
    }
}
