using Spectre.Console;

namespace Dojo.Pci.Bench;

/// <summary>Results go to the standard output, progress to the standard error. Where either is not a terminal, lines are as long as they are.</summary>
internal static class Terminal
{
    private const int Unlimited = 10_000;

    /// <summary>For results.</summary>
    public static IAnsiConsole Output { get; } = Open(Console.Out, Console.IsOutputRedirected);

    /// <summary>For progress.</summary>
    public static IAnsiConsole Errors { get; } = Open(Console.Error, Console.IsErrorRedirected);

    /// <summary>A console for a writer.</summary>
    /// <param name="writer">What is written to.</param>
    /// <param name="isRedirected">Whether that is a file or another program: plain text, no colours.</param>
    public static IAnsiConsole Open(TextWriter writer, bool isRedirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            Interactive = isRedirected ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (isRedirected)
        {
            console.Profile.Width = Unlimited;
        }

        return console;
    }
}
