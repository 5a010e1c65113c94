using Spectre.Console;

namespace Dojo.Pci.Bench;

/// <summary>Results go to standard output, progress to standard error. Lines are not wrapped when the stream is not a terminal.</summary>
internal static class Terminal
{
    private const int Unlimited = 10_000;

    /// <summary>The console for results.</summary>
    public static IAnsiConsole Output { get; } = Open(Console.Out, Console.IsOutputRedirected);

    /// <summary>The console for progress.</summary>
    public static IAnsiConsole Errors { get; } = Open(Console.Error, Console.IsErrorRedirected);

    /// <summary>Opens a console on a writer.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="isRedirected">Whether the writer is a file or another program, which gets plain text without colours.</param>
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
