using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Bench.Load;

/// <summary>
/// Card numbers of 16 digits that satisfy every rule and belong to nobody here: random, with a valid check digit, and none of the published test
/// numbers, which production refuses. They are bytes in one block, never text.
/// </summary>
internal sealed class CardNumbers
{
    /// <summary>The number of digits in each.</summary>
    public const int Length = 16;

    private static readonly byte[][] s_prefixes = ["400012"u8.ToArray(), "455673"u8.ToArray(), "510510"u8.ToArray(), "540812"u8.ToArray(), "222312"u8.ToArray()];
    private readonly byte[] _digits;

    /// <summary>Generates numbers.</summary>
    /// <param name="count">The number of card numbers.</param>
    /// <param name="seed">The same seed makes the same numbers.</param>
    public CardNumbers(int count, ulong seed)
    {
        Count = count;
        _digits = new byte[count * Length];
        var dice = new Dice(seed);
        for (var i = 0; i < count; i++)
        {
            do
            {
                Fill(_digits.AsSpan(i * Length, Length), s_prefixes[dice.Below(s_prefixes.Length)], dice);
            }
            while (TestCards.TryFind(this[i], out _));
        }
    }

    /// <summary>The number of card numbers.</summary>
    public int Count { get; }

    /// <summary>The digits of one number, in ASCII.</summary>
    public ReadOnlySpan<byte> this[long index] => _digits.AsSpan((int)(index % Count) * Length, Length);

    private static void Fill(Span<byte> digits, ReadOnlySpan<byte> prefix, Dice dice)
    {
        prefix.CopyTo(digits);
        foreach (ref var digit in digits[prefix.Length..])
        {
            digit = (byte)('0' + dice.Below(10));
        }

        // Exactly one of the ten possible last digits is valid.
        for (var last = '0'; !Luhn.IsValid(digits); last++)
        {
            digits[^1] = (byte)last;
        }
    }
}
