using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Dojo.Pci.Bench;

/// <summary>Says what to measure, and how.</summary>
internal sealed record BenchOptions
{
    /// <summary>Writes JSON to the standard output.</summary>
    public const string StandardOutput = "-";

    private const int FewestRows = 1000;
    private const int MostSeconds = 600;

    private static readonly string[] s_quickShapes = ["throughput", "open-loop", "start", "reads"];

    private static readonly Option<bool> s_quick = new("--quick") { Description = "in a minute or two, over few rows: indicative", Arity = ArgumentArity.Zero };

    private static readonly Option<bool> s_full = new("--full") { Description = "also what takes long: ten million rows", Arity = ArgumentArity.Zero };

    private static readonly Option<string> s_json = new("--json")
    {
        Description = "prints the results as JSON instead, or writes them to FILE beside the table",
        HelpName = "FILE",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<IReadOnlyList<string>> s_shapes = new("--shapes")
    {
        Description = $"only these: {string.Join(", ", ShapeNames)}",
        HelpName = "NAME,NAME...",
        Arity = ArgumentArity.ExactlyOne,
        CustomParser = ReadShapes,
    };

    private static readonly Option<int?> s_rows = CountOption("--rows", "how many tokens are there before anything is measured, at most; 1,000,000 by default", FewestRows);

    private static readonly Option<int?> s_seconds = CountOption("--seconds", "how long a round measures; 5 by default", 1, MostSeconds);

    private static readonly Option<FileInfo> s_openApi = new Option<FileInfo>("--openapi")
    {
        Description = "what Prism mocks; by default what Dojo publishes, where bench/prism/install has fetched it, else ours",
        HelpName = "FILE",
    }.AcceptExistingOnly();

    /// <summary>The names of the shapes that can be measured, in the order in which they are measured.</summary>
    public static IReadOnlyList<string> ShapeNames => ["throughput", "slow-disk", "open-loop", "mixed", "sandbox", "overload", "start", "prism", "reads", "logs", "growth", "webhooks", "postgres", "postgres-reads"];

    /// <summary>The options of the command line.</summary>
    public static IReadOnlyList<Option> All => [s_quick, s_full, s_json, s_shapes, s_rows, s_seconds, s_openApi];

    /// <summary>Whether to take only a minute or two, over few rows.</summary>
    public bool Quick { get; init; }

    /// <summary>Whether to include the long measurements.</summary>
    public bool Full { get; init; }

    /// <summary>Where to write JSON: a file, <see cref="StandardOutput"/>, or null for nowhere.</summary>
    public string? Json { get; init; }

    /// <summary>The shapes named on the command line; null when it names none.</summary>
    public IReadOnlyList<string>? Chosen { get; init; }

    /// <summary>The shapes to measure.</summary>
    public IEnumerable<string> Shapes => ShapeNames.Where(Chosen is { } chosen ? chosen.Contains : name => !Quick || s_quickShapes.Contains(name));

    /// <summary>The most rows to fill a vault with; null for as many as each figure names.</summary>
    public int? Rows { get; init; }

    /// <summary>The length of a round in seconds; null for the default.</summary>
    public int? Seconds { get; init; }

    /// <summary>The OpenAPI file that Prism mocks; null for the one that Dojo publishes, or for ours where that one is missing.</summary>
    public string? OpenApi { get; init; }

    /// <summary>The length of a round.</summary>
    public TimeSpan Round => TimeSpan.FromSeconds(Seconds ?? (Quick ? 2 : 5));

    /// <summary>Reads the options from the command line.</summary>
    public static BenchOptions Of(ParseResult parsed) => new()
    {
        Quick = parsed.GetValue(s_quick),
        Full = parsed.GetValue(s_full),
        Json = parsed.GetResult(s_json) is null ? null : parsed.GetValue(s_json) ?? StandardOutput,
        Chosen = parsed.GetValue(s_shapes),
        Rows = parsed.GetValue(s_rows),
        Seconds = parsed.GetValue(s_seconds),
        OpenApi = parsed.GetValue(s_openApi)?.FullName,
    };

    /// <summary>Refuses options that exclude each other.</summary>
    public static void Check(CommandResult command)
    {
        if (command.GetValue(s_quick) && command.GetValue(s_full))
        {
            command.AddError("--quick and --full exclude each other.");
        }
    }

    /// <summary>An option whose value is a whole number, with or without commas.</summary>
    public static Option<int?> CountOption(string name, string description, int least, int most = int.MaxValue) => new(name)
    {
        Description = description,
        HelpName = "N",
        Arity = ArgumentArity.ExactlyOne,
        CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[0].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var count) && count >= least && count <= most)
            {
                return count;
            }

            result.AddError($"{name} must be a whole number from {least:N0} {(most < int.MaxValue ? $"to {most:N0}" : "on")}.");
            return null;
        },
    };

    private static string[]? ReadShapes(ArgumentResult result)
    {
        var names = result.Tokens[0].Value.Split(',');
        if (names.All(ShapeNames.Contains))
        {
            return names;
        }

        result.AddError($"--shapes takes names of {string.Join(", ", ShapeNames)}, separated by commas.");
        return null;
    }
}
