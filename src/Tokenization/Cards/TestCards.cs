using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Dojo.Pci.Tokenization.Cards;

/// <summary>
/// The card numbers that the sandbox accepts and production refuses (DESIGN D7, PCI DSS 6.5.5 and 6.5.6): Dojo's own, and
/// those that the large processors publish for testing.
/// </summary>
public static class TestCards
{
    /// <summary>All listed cards, Dojo's own first, then by scheme.</summary>
    public static IReadOnlyList<TestCard> All { get; } =
    [
        new(CardScheme.Mastercard, "5200000000001005", TestCardOutcome.Approves, "Dojo: no 3-D Secure"),
        new(CardScheme.Mastercard, "5200000000001096", TestCardOutcome.Approves, "Dojo: 3-D Secure 2, approved here as no cardholder is present"),
        new(CardScheme.Visa, "4456530000001013", TestCardOutcome.Declines, "Dojo: the issuer declines"),
        new(CardScheme.Visa, "4242424242424242", TestCardOutcome.Approves, "Credit"),
        new(CardScheme.Visa, "4111111111111111", TestCardOutcome.Approves, "Credit"),
        new(CardScheme.Visa, "4012888888881881", TestCardOutcome.Approves, "Credit"),
        new(CardScheme.Visa, "4000056655665556", TestCardOutcome.Approves, "Debit"),
        new(CardScheme.Visa, "4005519200000004", TestCardOutcome.Approves, "Credit"),
        new(CardScheme.Visa, "4222222222222", TestCardOutcome.Approves, "13 digits"),
        new(CardScheme.Mastercard, "5555555555554444", TestCardOutcome.Approves, "Credit"),
        new(CardScheme.Mastercard, "5200828282828210", TestCardOutcome.Approves, "Debit"),
        new(CardScheme.Mastercard, "5105105105105100", TestCardOutcome.Approves, "Prepaid"),
        new(CardScheme.Mastercard, "2223003122003222", TestCardOutcome.Approves, "2-series"),
        new(CardScheme.Mastercard, "2223000048400011", TestCardOutcome.Approves, "2-series"),
        new(CardScheme.Maestro, "6304000000000000", TestCardOutcome.Approves, "16 digits"),
        new(CardScheme.Maestro, "6759649826438453", TestCardOutcome.Approves, "16 digits"),
        new(CardScheme.Maestro, "6799990100000000019", TestCardOutcome.Approves, "19 digits"),
        new(CardScheme.AmericanExpress, "378282246310005", TestCardOutcome.Approves, "15 digits"),
        new(CardScheme.AmericanExpress, "371449635398431", TestCardOutcome.Approves, "15 digits"),
        new(CardScheme.AmericanExpress, "378734493671000", TestCardOutcome.Approves, "Corporate"),
        new(CardScheme.Discover, "6011111111111117", TestCardOutcome.Approves, "Credit"),
        new(CardScheme.Discover, "6011000990139424", TestCardOutcome.Approves, "Credit"),
        new(CardScheme.Discover, "6011981111111113", TestCardOutcome.Approves, "Debit"),
        new(CardScheme.Discover, "6011000991300009", TestCardOutcome.Approves, "Credit"),
        new(CardScheme.DinersClub, "3056930009020004", TestCardOutcome.Approves, "16 digits"),
        new(CardScheme.DinersClub, "36227206271667", TestCardOutcome.Approves, "14 digits"),
        new(CardScheme.DinersClub, "30569309025904", TestCardOutcome.Approves, "14 digits"),
        new(CardScheme.DinersClub, "38520000023237", TestCardOutcome.Approves, "14 digits"),
        new(CardScheme.Jcb, "3530111333300000", TestCardOutcome.Approves, "16 digits"),
        new(CardScheme.Jcb, "3566002020360505", TestCardOutcome.Approves, "16 digits"),
        new(CardScheme.UnionPay, "6200000000000005", TestCardOutcome.Approves, "16 digits"),
        new(CardScheme.UnionPay, "6200000000000047", TestCardOutcome.Approves, "Debit"),
        new(CardScheme.UnionPay, "6205500000000000004", TestCardOutcome.Approves, "19 digits"),
        new(CardScheme.UnionPay, "6243030000000001", TestCardOutcome.Approves, "16 digits"),
        new(CardScheme.Discover, "6555900000604105", TestCardOutcome.Approves, "BCcard and DinaCard"),
    ];

    private static readonly FrozenDictionary<(ulong Digits, int Length), TestCard> s_byNumber =
        All.ToFrozenDictionary(card => (ulong.Parse(card.Number, CultureInfo.InvariantCulture), card.Number.Length));

    /// <summary>Finds the listed card with these digits. The digits are never converted to text.</summary>
    public static bool TryFind(ReadOnlySpan<byte> asciiDigits, [NotNullWhen(true)] out TestCard? card)
    {
        card = null;
        return ulong.TryParse(asciiDigits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && s_byNumber.TryGetValue((number, asciiDigits.Length), out card);
    }
}
