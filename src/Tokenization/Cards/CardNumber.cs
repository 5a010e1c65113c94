using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Dojo.Pci.Tokenization.Cards;

/// <summary>
/// A primary account number (PAN) in clear, kept for as short a time as possible: pinned bytes that are zeroed on
/// <see cref="Dispose"/>, never a <see cref="string"/> (DESIGN D13). Its string form is masked; only the vault can read the digits.
/// </summary>
[DebuggerDisplay("{Masked}")]
public sealed class CardNumber : IDisposable
{
    /// <summary>The fewest digits accepted (DESIGN D5).</summary>
    public const int MinimumLength = 12;

    /// <summary>The most digits accepted: the limit of ISO/IEC 7812-1.</summary>
    public const int MaximumLength = 19;

    private readonly SecretBuffer _digits;

    private CardNumber(ReadOnlySpan<byte> asciiDigits)
    {
        _digits = SecretBuffer.Rent(MaximumLength);
        asciiDigits.CopyTo(_digits.Span);
        Length = asciiDigits.Length;
        Bin = int.Parse(asciiDigits[..6], NumberStyles.None, CultureInfo.InvariantCulture);
        Scheme = CardSchemes.Of(asciiDigits);
        Masked = MaskedCardNumber.Of(asciiDigits);
    }

    /// <summary>The number of digits.</summary>
    public int Length { get; }

    /// <summary>
    /// The BIN: the first six digits, which name the issuer (ISO/IEC 7812-1). It is used for counting in memory only: for numbers with fewer than 15 digits
    /// it may not be stored or shown.
    /// </summary>
    internal int Bin { get; }

    /// <summary>The scheme to which the issuer prefix belongs.</summary>
    public CardScheme Scheme { get; }

    /// <summary>The only form that may be stored in clear or shown.</summary>
    public MaskedCardNumber Masked { get; }

    /// <summary>
    /// Creates a card number if the text has the form of DESIGN D5: 12 to 19 ASCII digits, the first not 0, Luhn-valid. The caller
    /// disposes it.
    /// </summary>
    public static bool TryCreate(ReadOnlySpan<byte> asciiDigits, [NotNullWhen(true)] out CardNumber? number)
    {
        number = HasValidForm(asciiDigits) ? new CardNumber(asciiDigits) : null;
        return number is not null;
    }

    /// <summary>Whether this is one of the numbers published for testing, and which one.</summary>
    public bool IsTestCard([NotNullWhen(true)] out TestCard? card) => TestCards.TryFind(Reveal(), out card);

    /// <summary>Returns the masked form.</summary>
    public override string ToString() => Masked.ToString();

    /// <inheritdoc/>
    public void Dispose() => _digits.Dispose();

    /// <summary>Returns the digits in clear, valid until disposal. No other member reads them.</summary>
    internal ReadOnlySpan<byte> Reveal() => _digits.Span[..Length];

    private static bool HasValidForm(ReadOnlySpan<byte> text) =>
        text.Length is >= MinimumLength and <= MaximumLength
        && text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0
        && text[0] != '0'
        && Luhn.IsValid(text);
}
