namespace Dojo.Pci.Tokenization.Seeding;

/// <summary>
/// Generates pseudorandom numbers that are the same on every machine for the same seed and stream (SplitMix64: Steele, Lea and Flood, 2014). They
/// decide only what sample data looks like, and nothing that must be unpredictable.
/// </summary>
internal struct SeedDraws(int seed, int stream)
{
    private ulong _state = ((ulong)(uint)seed << 32) | (uint)stream;

    /// <summary>Returns the next number from 0 up to, but not including, a bound.</summary>
    public int Below(int bound) => (int)(((Next() >> 32) * (ulong)bound) >> 32);

    private ulong Next()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }
}
