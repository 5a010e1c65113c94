using System.Buffers;
using System.Text.Json;

namespace Dojo.Pci.Tokenization.Validation;

/// <summary>The rules of amounts: whole minor units, and a currency that Dojo takes.</summary>
internal static class MoneyRules
{
    /// <summary>Far above any payment, far below where sums overflow.</summary>
    public const long LargestValue = 999_999_999_999;

    public static readonly JsonShape Shape = JsonShape.ObjectWith(
        ["value", "currencyCode"], ("value", JsonShape.Integer()), ("currencyCode", JsonShape.OneOf("GBP", "EUR")));

    /// <summary>The amount the reader is at; null, with errors, when it breaks a rule.</summary>
    public static Money? Read(ref Utf8JsonReader reader, string path, FieldErrors errors)
    {
        var copied = new ArrayBufferWriter<byte>(64);
        using (var copy = new Utf8JsonWriter(copied, new JsonWriterOptions { SkipValidation = true }))
        {
            Shape.Read(ref reader, path, errors, copy);
        }

        if (errors.HasAnyUnder(path))
        {
            return null;
        }

        using var money = JsonDocument.Parse(copied.WrittenMemory);
        return new Money(money.RootElement.GetProperty("value").GetInt64(), money.RootElement.GetProperty("currencyCode").GetString()!);
    }
}
