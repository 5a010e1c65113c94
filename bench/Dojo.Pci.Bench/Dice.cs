namespace Dojo.Pci.Bench;

/// <summary>
/// Pseudo-random numbers that the same seed reproduces (SplitMix64), so that a run can be repeated. For loads and for the moments of kills: secrets
/// come from <see cref="System.Security.Cryptography.RandomNumberGenerator"/>. Not thread-safe.
/// </summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A number from 0 to below <paramref name="limit"/>.</summary>
    public int Below(int limit) => (int)(Next() % (ulong)limit);

    /// <summary>A number from 0 to below <paramref name="limit"/>.</summary>
    public long Below(long limit) => (long)(Next() % (ulong)limit);

    private ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
