namespace Dojo.Pci.Tokenization.Storage.Tokens;

/// <summary>
/// The sequences of three characters that occur in a set of references, as a Bloom filter. It tells whether a text may be part of one of the references, or
/// is certainly part of none. References and texts are folded (<see cref="FoldedText"/>).
/// </summary>
internal static class ReferenceTrigrams
{
    private const int Length = 3;

    // Together with the key just small enough for SQLite to keep within a page of a clustered table. A thousand references set a quarter of the bits.
    private const int Bytes = 960;

    /// <summary>The bits for no references.</summary>
    public static byte[] None() => new byte[Bytes];

    /// <summary>Adds a reference.</summary>
    /// <returns>Whether a bit was newly set.</returns>
    public static bool Add(Span<byte> bits, string reference)
    {
        var isNew = false;
        for (var at = 0; at + Length <= reference.Length; at++)
        {
            var bit = BitOf(reference, at);
            isNew |= !IsSet(bits, bit);
            bits[bit / 8] |= (byte)(1 << (bit % 8));
        }

        return isNew;
    }

    /// <summary>The bits that are set if a text is part of a reference; none for a text of fewer than three characters.</summary>
    public static int[] Of(string part) => [.. Enumerable.Range(0, Math.Max(0, part.Length - Length + 1)).Select(at => BitOf(part, at)).Distinct()];

    /// <summary>Whether all wanted bits are set.</summary>
    public static bool MayHold(ReadOnlySpan<byte> bits, int[] wanted)
    {
        foreach (var bit in wanted)
        {
            if (!IsSet(bits, bit))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsSet(ReadOnlySpan<byte> bits, int bit) => (bits[bit / 8] & (1 << (bit % 8))) != 0;

    private static int BitOf(string text, int at)
    {
        var trigram = ((ulong)text[at] << 32) | ((ulong)text[at + 1] << 16) | text[at + 2];
        return (int)((trigram * 0x9E37_79B9_7F4A_7C15 >> 32) % (Bytes * 8)); // Knuth's multiplicative hashing
    }
}
