using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Globalization;
using Dojo.Pci.Portal.Logging;

namespace Dojo.Pci.Portal.Cli;

/// <summary>
/// The command line; without a command the program serves. Settings (<c>--Section:Name=value</c>) may precede or follow a command and
/// its words. Exit codes: 0 done, 1 refused or failed, 2 not understood.
/// </summary>
internal static class CommandLine
{
    /// <summary>The message for an id that is not a valid number.</summary>
    public const string NoId = "ID must be a whole number, 1 or more.";

    /// <summary>The exit code for arguments that were not understood.</summary>
    public const int NotUnderstood = 2;

    private const string Description = """
        Tokenizes payment cards. Without a command, runs the service.
        Put settings before or after a command and its arguments, as --Section:Name=value, or in the environment, as Section__Name.
        Exits with 0 when done, with 1 when refused or failed, with 2 when used wrongly.
        """;

    // A word that begins with "@" is an ordinary word, not a response file.
    private static readonly ParserConfiguration s_parser = new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };

    /// <summary>Runs the command that the arguments name, or serves.</summary>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(string[] arguments) => RunAsync(arguments, Console.Out, Console.Error);

    /// <summary>Runs the command and writes its help and errors to the given writers.</summary>
    internal static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter errors)
    {
        var host = new CommandHost();
        if (SplitArguments.Of(arguments, new HashSet<string>(StringComparer.Ordinal)) is { Words: [] } serving)
        {
            // There is nothing to parse, and building the parser would delay the start.
            host.Settings = serving.Settings;
            return await host.ServeAsync();
        }

        var root = Build(host);
        var split = SplitArguments.Of(arguments, OptionNames(root).ToHashSet(StringComparer.Ordinal));
        host.Settings = split.Settings;
        var parsed = root.Parse(split.Words, s_parser);
        if (parsed.Errors.Count > 0 && parsed.Action is ParseErrorAction or null)
        {
            return await RefuseAsync(root, parsed, errors);
        }

        // Needs no cancellation: the host handles signals while it serves, and commands are short.
        return await parsed.InvokeAsync(Configure(output, errors), CancellationToken.None);
    }

    /// <summary>Creates an argument for an id, as lists show it.</summary>
    public static Argument<long> IdArgument(string of) => new("ID")
    {
        Description = $"the number of the {of}, as the list shows it",
        CustomParser = result =>
        {
            if (TryReadId(result.Tokens[0].Value, out var id))
            {
                return id;
            }

            result.AddError(NoId);
            return 0;
        },
    };

    /// <summary>Reads an id: a whole number from 1 on.</summary>
    public static bool TryReadId(string text, out long id) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out id) && id > 0;

    private static RootCommand Build(CommandHost host)
    {
        var root = new RootCommand(Description)
        {
            AccountCommand.Build(host),
            ApiKeyCommand.Build(host),
            DatabaseCommand.Build(host),
            KeyCheckCommand.Build(),
            LocationCommand.Build(host),
            MigrateCommand.Build(host),
            StorageCommand.Build(host),
            WebhooksCommand.Build(),
        };
        root.SetAction((_, _) => host.ServeAsync());
        root.Options.OfType<VersionOption>().Single().Action = new VersionAction();
        root.Directives.Clear();
        return root;
    }

    private static InvocationConfiguration Configure(TextWriter output, TextWriter errors) =>
        new() { Output = output, Error = errors, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };

    private static IEnumerable<string> OptionNames(Command command) =>
        command.Options.SelectMany(option => option.Aliases.Append(option.Name)).Concat(command.Subcommands.SelectMany(OptionNames));

    // A word may be anything, even a card number, so messages are scrubbed before they repeat it.
    private static async Task<int> RefuseAsync(RootCommand root, ParseResult parsed, TextWriter errors)
    {
        foreach (var error in parsed.Errors)
        {
            await errors.WriteLineAsync(LogScrubber.Scrub(error.Message));
        }

        await errors.WriteLineAsync();
        var path = new Stack<string>();
        for (var command = parsed.CommandResult; command?.Parent is CommandResult above; command = above)
        {
            path.Push(command.Command.Name);
        }

        await root.Parse([.. path, "--help"], s_parser).InvokeAsync(Configure(errors, errors), CancellationToken.None);
        return NotUnderstood;
    }

    /// <summary>Prints the version that the build stamped, without the revision.</summary>
    private sealed class VersionAction : SynchronousCommandLineAction
    {
        public override bool Terminating => true;

        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            parseResult.InvocationConfiguration.Output.WriteLine(ProductVersion.Current);
            return 0;
        }
    }
}
