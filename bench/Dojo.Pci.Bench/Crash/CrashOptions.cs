using System.CommandLine;
using System.Security.Cryptography;

namespace Dojo.Pci.Bench.Crash;

/// <summary>What a crash run was told.</summary>
/// <param name="Kills">How often to kill.</param>
/// <param name="Seed">From which the moments of the kills follow.</param>
/// <param name="Frames">How many pages go to the log of a stressed database.</param>
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

    /// <summary>What the command line says; a random seed where it gives none.</summary>
    public static CrashOptions Of(ParseResult parsed) => new(
        parsed.GetValue(s_kills) ?? UsualKills,
        parsed.GetValue(s_seed) ?? RandomNumberGenerator.GetInt32(int.MaxValue),
        parsed.GetValue(s_frames) ?? UsualFrames);
}
