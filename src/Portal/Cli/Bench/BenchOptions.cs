using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Dojo.Pci.Portal.Cli.Bench;

/// <summary>What <c>bench</c> was told.</summary>
internal sealed record BenchOptions
{
    /// <summary>How the command is used.</summary>
    public const string Usage = """
        usage: bench [--quick | --full] [--json [FILE]] [--shapes NAME,NAME...] [--rows N] [--seconds N] [--openapi FILE]
                   measures this machine against temporary instances and says whether each figure is reached
                   --quick     in less than a minute, over few rows: indicative
                   --full      also what takes long: ten million rows
                   --json      prints the results as JSON instead, or writes them to FILE beside the table
                   --shapes    only these: throughput, slow-disk, open-loop, mixed, sandbox, overload, start, prism, reads, growth
                   --rows      how many tokens are there before anything is measured, at most; 1,000,000 by default
                   --seconds   how long a round measures; 5 by default
                   --openapi   what Prism mocks; by default what Dojo publishes, where bench/prism/install has fetched it, else ours
               bench crash [--kills N] [--seed N] [--frames N]
                   kills a service again and again under load and looks whether anything was lost, then stresses the log of the database
                   --kills     how often; 1,000 by default
                   --seed      repeats the moments of an earlier run
                   --frames    how many pages go to the log beside checkpoints without a pause; 5,000,000 by default
               ends with 0 when everything that ran is as it must be, with 1 when not
        """;

    /// <summary>Writes JSON to the standard output.</summary>
    public const string StandardOutput = "-";

    private static readonly string[] s_quick = ["throughput", "open-loop", "start", "reads"];

    /// <summary>The names of what can be measured, in the order in which it is.</summary>
    public static IReadOnlyList<string> ShapeNames { get; } =
        ["throughput", "slow-disk", "open-loop", "mixed", "sandbox", "overload", "start", "prism", "reads", "growth"];

    /// <summary>Whether it has to be quick.</summary>
    public bool Quick { get; init; }

    /// <summary>Whether what takes long is measured too.</summary>
    public bool Full { get; init; }

    /// <summary>Where to write JSON: a file, <see cref="StandardOutput"/>, or null for nowhere.</summary>
    public string? Json { get; init; }

    /// <summary>What to measure, where it was said.</summary>
    public IReadOnlyList<string>? Chosen { get; init; }

    /// <summary>What to measure.</summary>
    public IEnumerable<string> Shapes => ShapeNames.Where(Chosen is { } chosen ? chosen.Contains : name => !Quick || s_quick.Contains(name));

    /// <summary>How many tokens there may be before anything is measured; null for as many as each figure names.</summary>
    public int? Rows { get; init; }

    /// <summary>How long a round measures; null for the usual.</summary>
    public int? Seconds { get; init; }

    /// <summary>The OpenAPI file that Prism mocks; null for the one that Dojo publishes, or ours where that is not there.</summary>
    public string? OpenApi { get; init; }

    /// <summary>How long a round measures.</summary>
    public TimeSpan Round => TimeSpan.FromSeconds(Seconds ?? (Quick ? 2 : 5));

    /// <summary>Reads the arguments; false where one is unknown or has no value that it could have.</summary>
    public static bool TryParse(IReadOnlyList<string> arguments, [NotNullWhen(true)] out BenchOptions? options)
    {
        options = new BenchOptions();
        for (var i = 0; i < arguments.Count; i++)
        {
            var value = i + 1 < arguments.Count && !arguments[i + 1].StartsWith("--", StringComparison.Ordinal) ? arguments[i + 1] : null;
            options = (arguments[i], value) switch
            {
                ("--quick", null) when !options.Full => options with { Quick = true },
                ("--full", null) when !options.Quick => options with { Full = true },
                ("--json", _) => options with { Json = value ?? StandardOutput },
                ("--shapes", { } names) when names.Split(',') is var shapes && shapes.All(ShapeNames.Contains) => options with { Chosen = shapes },
                ("--rows", { } text) when TryCount(text, 1000, out var rows) => options with { Rows = rows },
                ("--seconds", { } text) when TryCount(text, 1, out var seconds) && seconds <= 600 => options with { Seconds = seconds },
                ("--openapi", { } file) when File.Exists(file) => options with { OpenApi = file },
                _ => null,
            };
            if (options is null)
            {
                return false;
            }

            i += value is null ? 0 : 1;
        }

        return true;
    }

    /// <summary>Reads a whole number that is not too small.</summary>
    public static bool TryCount(string text, int least, out int count) =>
        int.TryParse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out count) && count >= least;
}
