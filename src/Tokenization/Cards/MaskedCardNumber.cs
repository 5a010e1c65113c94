using System.Text;

namespace Dojo.Pci.Tokenization.Cards;

/// <summary>
/// What may be kept and shown of a card number (DESIGN D12; PCI DSS 3.4.1, 3.5.1): first 8 and last 4 of 16 digits and more,
/// first 6 and last 4 of 15, only the last 4 below. One format everywhere, because two different truncations of one number
/// can be joined to rebuild it.
/// </summary>
/// <param name="LeadingDigits">The first 8 or 6 digits, or empty.</param>
/// <param name="LastFour">The last 4 digits.</param>
public sealed record MaskedCardNumber(string LeadingDigits, string LastFour)
{
    /// <summary>The mask of a number.</summary>
    public static MaskedCardNumber Of(ReadOnlySpan<byte> asciiDigits)
    {
        var leading = asciiDigits.Length switch { >= 16 => 8, 15 => 6, _ => 0 };
        return new(Encoding.ASCII.GetString(asciiDigits[..leading]), Encoding.ASCII.GetString(asciiDigits[^4..]));
    }

    /// <summary>For example <c>52000000****1005</c>: four asterisks regardless of the length.</summary>
    public override string ToString() => $"{LeadingDigits}****{LastFour}";
}
