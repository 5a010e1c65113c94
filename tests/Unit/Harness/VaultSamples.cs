using System.Text;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;
using FsCheck;
using FsCheck.Fluent;

namespace Dojo.Pci.Tests.Unit.Harness;

/// <summary>Valid default input for the vault.</summary>
internal static class VaultSamples
{
    public const string Visa = "4111111111111111";

    public const string Mastercard = "5555555555554444";

    public const string Amex = "378282246310005";

    /// <summary>A card on no list, so production accepts it. It has a published test prefix, and its last digits are counted up.</summary>
    public const string Unlisted = "4242424242424291";

    /// <summary>Luhn-valid numbers of 12 to 19 digits that do not start with 0. They exist in memory only.</summary>
    public static Gen<string> CardNumbers { get; } = Gen.Choose(12, 19).SelectMany(CardNumbersOf);

    public static Gen<string> CardNumbersOf(int length) =>
        from first in Gen.Choose(1, 9)
        from rest in Gen.Choose(0, 9).ArrayOf(length - 2)
        select WithCheckDigit(first + string.Concat(rest));

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static CardNumber Number(string digits) =>
        CardNumber.TryCreate(Utf8(digits), out var number) ? number : throw new ArgumentException("Not a card number.", nameof(digits));

    public static CardDetails Card(string digits = Visa, int year = 2029, int month = 12) => new(Number(digits), new CardExpiry(year, month));

    /// <summary>Creates a validated request from the text of its members.</summary>
    public static SetupIntentRequest Request(
        string reference = "Booking 4711",
        string? card = Visa,
        string expiry = "12/29",
        string? description = null,
        IEnumerable<KeyValuePair<string, string>>? metadata = null,
        TestCardRule rule = TestCardRule.Required)
    {
        using var validator = new SetupIntentValidator(rule);
        if (card is not null)
        {
            validator.CardNumber(Utf8(card));
            validator.ExpiryDate(Utf8(expiry));
        }

        validator.Reference(Utf8(reference));
        if (description is not null)
        {
            validator.Description(Utf8(description));
        }

        if (metadata is not null)
        {
            validator.Metadata();
            foreach (var (key, value) in metadata)
            {
                validator.MetadataEntry(Utf8(key), Utf8(value));
            }
        }

        var verdict = validator.Validate();
        return verdict.IsSuccess ? verdict.Value : throw new InvalidOperationException(string.Join(' ', ((Refusal.Invalid)verdict.Refusal).Errors));
    }

    // The textbook method, which looks up what each doubled digit adds.
    private static string WithCheckDigit(string payload)
    {
        int[] doubled = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9];
        var sum = payload.Reverse().Select((digit, place) => place % 2 == 0 ? doubled[digit - '0'] : digit - '0').Sum();
        return payload + ((10 - (sum % 10)) % 10);
    }
}
