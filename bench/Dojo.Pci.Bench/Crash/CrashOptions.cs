using System.CommandLine;
using System.Security.Cryptography;

namespace Dojo.Pci.Bench.Crash;

/// <summary>The options of a crash run.</summary>
/// <param name="Kills">The number of kills.</param>
/// <param name="Seed">The seed that determines the moments of the kills.</param>
/// <param name="Frames">The number of pages that the stress test writes to the log of its database.</param>
internal sealed record CrashOptions(int Kills, int Seed, int Frames)
{
    private const int UsualKills = 1000;
    private const int UsualFrames = 5_000_000;

    private static readonly Option<int?> s_kills = BenchOptions.CountOption("--kills", $"how often; {UsualKills:N0} by default", least: 1);

    private static readonly Option<int?> s_seed = BenchOptions.CountOption("--seed", "repeats the moments of an earlier run", least: 0);

    private static readonly Option<int?> s_frames = BenchOptions.CountOption(
        "--frames", $"how many pages go to the log beside checkpoints without a pause; {UsualFrames:N0} by default", least: 1);

    /// <summary>The options of the command line.</summary>
    public static IReadOnlyList<Option> All => [s_kills, s_seed, s_frames];

    /// <summary>Reads the options from the command line; the seed is random when none is given.</summary>
    public static CrashOptions Of(ParseResult parsed) => new(
        parsed.GetValue(s_kills) ?? UsualKills,
        parsed.GetValue(s_seed) ?? RandomNumberGenerator.GetInt32(int.MaxValue),
        parsed.GetValue(s_frames) ?? UsualFrames);
}
