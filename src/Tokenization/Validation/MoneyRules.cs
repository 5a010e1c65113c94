using System.Text.Json;

namespace Dojo.Pci.Tokenization.Validation;

/// <summary>The rules for amounts: whole minor units, and a currency that Dojo accepts.</summary>
internal static class MoneyRules
{
    /// <summary>The largest valid amount: far above any payment, and far below the point where sums overflow.</summary>
    public const long LargestValue = 999_999_999_999;

    private static readonly string[] s_currencies = ["GBP", "EUR"];

    public static readonly JsonShape Shape = JsonShape.ObjectWith(
        ["value", "currencyCode"], ("value", JsonShape.Integer()), ("currencyCode", JsonShape.OneOf(s_currencies)));

    /// <summary>An amount that is negative when it reduces the total.</summary>
    public static readonly JsonShape SignedShape = JsonShape.ObjectWith(
        ["value", "currencyCode"], ("value", JsonShape.SignedInteger()), ("currencyCode", JsonShape.OneOf(s_currencies)));

    private static readonly JsonBuffer s_buffer = new(new JsonWriterOptions { SkipValidation = true });

    /// <summary>Reads the amount that the reader is at. Returns null and adds errors when the amount breaks a rule.</summary>
    public static Money? Read(ref Utf8JsonReader reader, string path, FieldErrors errors)
    {
        Shape.Read(ref reader, path, errors, s_buffer.Begin());
        return errors.HasAnyUnder(path) ? null : ReadJudged(s_buffer.End());
    }

    private static Money ReadJudged(ReadOnlySpan<byte> json)
    {
        var (value, currency) = (0L, "");
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.Number:
                    value = reader.GetInt64();
                    break;
                case JsonTokenType.String:
                    currency = reader.ValueTextEquals(s_currencies[0]) ? s_currencies[0] : s_currencies[1];
                    break;
            }
        }

        return new Money(value, currency);
    }
}
