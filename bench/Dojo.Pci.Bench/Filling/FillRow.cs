using System.Text;
using Dojo.Pci.Bench.Load;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Bench.Filling;

/// <summary>
/// The tokens that a vault is filled with. Filterable fields have frequent and rare values: references begin with one of four words, and very few
/// contain <see cref="RarePart"/>; one card in a hundred is expired; last four digits are distributed like those of card numbers.
/// </summary>
internal sealed class FillRow(CardNumbers cards, DateTimeOffset expireAt)
{
    /// <summary>The prefix of a quarter of the references.</summary>
    public const string FrequentPrefix = "table";

    /// <summary>Text within a quarter of the references, not at their beginning.</summary>
    public const string FrequentPart = "able-boo";

    /// <summary>The prefix of the rarest references.</summary>
    public const string RarePrefix = "wedding";

    /// <summary>Text within the rarest references, not at their beginning.</summary>
    public const string RarePart = "dding-boo";

    private const int EveryExpired = 100;
    private const int EveryRare = 50_021;
    private static readonly string[] s_words = [FrequentPrefix, "room", "hire", "ticket"];

    /// <summary>The reference of a row, which is unique.</summary>
    public static string ReferenceOf(long row) => $"{(row % EveryRare == 0 ? RarePrefix : s_words[row % s_words.Length])}-booking-{row:D10}";

    /// <summary>The request that creates a row; the caller disposes it.</summary>
    public SetupIntentRequest Request(long row)
    {
        using var judge = new SetupIntentValidator(TestCardRule.Refused);
        judge.CardNumber(cards[row]);
        judge.ExpiryDate(row % EveryExpired == 0 ? "01/20"u8 : "12/30"u8);
        judge.Reference(Encoding.UTF8.GetBytes(ReferenceOf(row)));
        judge.Description("Deposit for a table of four on Saturday evening"u8);
        judge.Metadata();
        judge.MetadataEntry("location"u8, "Riverside"u8);
        judge.MetadataEntry("booking"u8, "table-for-four"u8);
        judge.MetadataEntry("channel"u8, "web"u8);
        judge.MetadataEntry("terms"u8, "In case of no-show, the customer authorizes us to charge their card with the table booking fee."u8);
        judge.TransactionType("NoShow"u8);
        judge.ExpireAt(expireAt);
        return judge.Validate().Value ?? throw new InvalidOperationException("A row to fill with breaks a rule.");
    }
}
