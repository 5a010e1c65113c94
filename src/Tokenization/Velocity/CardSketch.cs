using System.Numerics;
using System.Runtime.InteropServices;

namespace Dojo.Pci.Tokenization.Velocity;

/// <summary>
/// Counts different card numbers in a time window, in memory of a fixed size that holds no number and nothing from which one can be found: bits chosen
/// by keyed fingerprints (a Bloom filter), and counts by BIN (a count-min sketch). Not thread-safe.
/// </summary>
/// <remarks>
/// It keeps two windows, the current and the previous one. The counts of the previous window are weighted by the part of it that lies within one window
/// before now.
/// <para>
/// Errors: a new number is taken for a known one, and not counted, in less than 3 of 1,000 cases up to the limit. The count of a BIN can be too high
/// because of other BINs that share both of its counters: by 4 of 1,000 of all numbers on average. A number that was last new more than a window ago may
/// be counted again.
/// </para>
/// </remarks>
internal sealed class CardSketch(CardLimits limits, TimeSpan window, DateTimeOffset now)
{
    private Counts _current = new(limits);
    private Counts _previous = new(limits);
    private DateTimeOffset _from = now;

    /// <summary>When a number was last checked.</summary>
    public DateTimeOffset LastAsked { get; private set; } = now;

    /// <summary>Checks whether a number was counted in the current or previous window.</summary>
    public bool Has(ReadOnlySpan<byte> fingerprint, DateTimeOffset at)
    {
        Roll(at);
        return _current.Has(fingerprint) || _previous.Has(fingerprint);
    }

    /// <summary>
    /// Returns the rule that refuses one more number, with the time after which it accepts one if no other number is counted meanwhile; null if no rule
    /// refuses it.
    /// </summary>
    public (VelocityRule Rule, TimeSpan RetryAfter)? Validate(int bin, DateTimeOffset at)
    {
        Roll(at);
        var weight = WeightOfPrevious(at);
        var numbers = _current.Numbers + (weight * _previous.Numbers);
        var (bins, binsBefore) = (_current.OfBin(bin), _previous.OfBin(bin));
        var ofBin = bins + (weight * binsBefore);
        if (limits.Numbers > 0 && numbers + 1 > limits.Numbers)
        {
            return (VelocityRule.Numbers, WaitUntilBelow(limits.Numbers, _current.Numbers, _previous.Numbers, at));
        }

        if (limits.NumbersOfOneBin > 0 && ofBin + 1 > limits.NumbersOfOneBin && (ofBin + 1) * 100 >= limits.OneBinPercent * (numbers + 1))
        {
            return (VelocityRule.OneBin, WaitUntilBelow(limits.NumbersOfOneBin, bins, binsBefore, at));
        }

        if (limits.DeclinedFrom > 0 && numbers >= limits.DeclinedFrom && (_current.Declined + (weight * _previous.Declined)) * 100 > limits.DeclinedPercent * numbers)
        {
            return (VelocityRule.Declined, WaitUntilBelow(limits.DeclinedFrom, _current.Numbers, _previous.Numbers, at));
        }

        return null;
    }

    /// <summary>Counts a new number.</summary>
    public void Add(ReadOnlySpan<byte> fingerprint, int bin) => _current.Add(fingerprint, bin);

    /// <summary>Counts a number that was declined.</summary>
    public void AddDeclined() => _current.Declined++;

    private double WeightOfPrevious(DateTimeOffset at) => Math.Clamp(1 - ((at - _from) / window), 0, 1);

    private void Roll(DateTimeOffset at)
    {
        LastAsked = at;
        var elapsed = at - _from;
        if (elapsed > -window && elapsed < window)
        {
            return; // a clock that is set back a little makes no difference
        }

        var isNext = elapsed >= window && elapsed < 2 * window;
        (_current, _previous) = (_previous, _current);
        _current.Clear();
        if (isNext)
        {
            _from += window;
        }
        else
        {
            _previous.Clear(); // more than two windows have passed, or the clock was set back
            _from = at;
        }
    }

    private TimeSpan WaitUntilBelow(int limit, int counted, int before, DateTimeOffset at)
    {
        // Within the current window if its own count is below the limit; otherwise in the next window, in which its count is the previous one.
        var (from, falling, rest) = counted < limit ? (_from, before, limit - 1 - counted) : (_from + window, counted, limit - 1);
        var part = falling > rest ? 1 - ((double)rest / falling) : 0;
        return from + (part * window) - at;
    }

    /// <summary>The counts of one window.</summary>
    private sealed class Counts
    {
        private const int Rows = 2;
        private const int RowLength = 512;
        private const int RowBits = 9;
        private const int FewestNumbers = 1024;
        private const int UnlimitedNumbers = 10_000;

        // With 16 bits for each number and four of them set, at most 0.24 % of new numbers are taken for known ones.
        private const int BitsPerNumber = 16;
        private const int BitsSet = 4;

        private readonly ulong[] _seen;
        private readonly int[] _bins = new int[Rows * RowLength];

        public Counts(CardLimits limits) =>
            _seen = new ulong[BitOperations.RoundUpToPowerOf2((uint)(BitsPerNumber * Math.Max(FewestNumbers, limits.Numbers > 0 ? limits.Numbers : UnlimitedNumbers))) / 64];

        public int Numbers { get; private set; }

        public int Declined { get; set; }

        public bool Has(ReadOnlySpan<byte> fingerprint)
        {
            foreach (var word in MemoryMarshal.Cast<byte, uint>(fingerprint)[..BitsSet])
            {
                if ((_seen[IndexOf(word)] & BitOf(word)) == 0)
                {
                    return false;
                }
            }

            return true;
        }

        public void Add(ReadOnlySpan<byte> fingerprint, int bin)
        {
            Numbers++;
            foreach (var word in MemoryMarshal.Cast<byte, uint>(fingerprint)[..BitsSet])
            {
                _seen[IndexOf(word)] |= BitOf(word);
            }

            for (var row = 0; row < Rows; row++)
            {
                _bins[CounterOf(row, bin)]++;
            }
        }

        public int OfBin(int bin) => Math.Min(_bins[CounterOf(0, bin)], _bins[CounterOf(1, bin)]);

        public void Clear()
        {
            (Numbers, Declined) = (0, 0);
            Array.Clear(_seen);
            Array.Clear(_bins);
        }

        private static ulong BitOf(uint word) => 1UL << (int)(word & 63);

        // After multiplication by an odd constant, the upper bits depend on all digits.
        private static int CounterOf(int row, int bin) => (row * RowLength) + (int)((uint)bin * (row == 0 ? 2_654_435_769u : 2_246_822_519u) >> (32 - RowBits));

        private int IndexOf(uint word) => (int)((word >> 6) & (uint)(_seen.Length - 1));
    }
}
