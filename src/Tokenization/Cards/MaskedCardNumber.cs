using System.Text;

namespace Dojo.Pci.Tokenization.Cards;

/// <summary>
/// The part of a card number that may be stored and shown (DESIGN D12; PCI DSS 3.4.1, 3.5.1): the first 8 and last 4 of 16 or more digits,
/// the first 6 and last 4 of 15, and only the last 4 of fewer. There is one format everywhere, because two different truncations of one number
/// can be joined to rebuild it.
/// </summary>
/// <param name="LeadingDigits">The first 8 or 6 digits, or empty.</param>
/// <param name="LastFour">The last 4 digits.</param>
public sealed record MaskedCardNumber(string LeadingDigits, string LastFour)
{
    /// <summary>Masks a number.</summary>
    public static MaskedCardNumber Of(ReadOnlySpan<byte> asciiDigits)
    {
        var leading = asciiDigits.Length switch { >= 16 => 8, 15 => 6, _ => 0 };
        return new(Encoding.ASCII.GetString(asciiDigits[..leading]), Encoding.ASCII.GetString(asciiDigits[^4..]));
    }

    /// <summary>Returns the masked form, for example <c>52000000****1005</c>, with four asterisks regardless of the length.</summary>
    public override string ToString() => $"{LeadingDigits}****{LastFour}";
}
