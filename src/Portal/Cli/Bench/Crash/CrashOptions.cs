using System.Diagnostics.CodeAnalysis;

namespace Dojo.Pci.Portal.Cli.Bench.Crash;

/// <summary>What <c>bench crash</c> was told.</summary>
/// <param name="Kills">How often to kill.</param>
/// <param name="Seed">From which the moments of the kills follow.</param>
/// <param name="Frames">How many pages go to the log of a stressed database.</param>
internal sealed record CrashOptions(int Kills, int Seed, int Frames)
{
    private const int UsualKills = 1000;
    private const int UsualFrames = 5_000_000;

    /// <summary>Reads the arguments; false where one is unknown or has no value that it could have.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="seed">The seed where none is given.</param>
    /// <param name="options">What they say.</param>
    public static bool TryParse(IReadOnlyList<string> arguments, int seed, [NotNullWhen(true)] out CrashOptions? options)
    {
        options = new CrashOptions(UsualKills, seed, UsualFrames);
        for (var i = 0; i < arguments.Count; i += 2)
        {
            var value = i + 1 < arguments.Count ? arguments[i + 1] : "";
            options = arguments[i] switch
            {
                "--kills" when BenchOptions.TryCount(value, 1, out var kills) => options with { Kills = kills },
                "--seed" when BenchOptions.TryCount(value, 0, out var given) => options with { Seed = given },
                "--frames" when BenchOptions.TryCount(value, 1, out var frames) => options with { Frames = frames },
                _ => null,
            };
            if (options is null)
            {
                return false;
            }
        }

        return true;
    }
}
