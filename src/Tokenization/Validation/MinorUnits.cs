using System.Globalization;
using System.Text.Json;

namespace Dojo.Pci.Tokenization.Validation;

/// <summary>Reads amounts that are sent as a bare number of minor units, or as a string of digits.</summary>
internal static class MinorUnits
{
    /// <summary>Reads the amount that the reader is at. Returns null and adds an error when the amount breaks a rule.</summary>
    public static long? Read(ref Utf8JsonReader reader, string field, long least, FieldErrors errors)
    {
        var number = 0L;
        var isNumber = reader.TokenType switch
        {
            JsonTokenType.Number => WholeNumber.TryRead(ref reader, out number),
            JsonTokenType.String when !reader.ValueIsEscaped => long.TryParse(reader.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out number),
            _ => false,
        };
        if (isNumber && number >= least && number <= MoneyRules.LargestValue)
        {
            return number;
        }

        errors.Add(field, $"The {field} field must be a whole number of minor units from {least} to {MoneyRules.LargestValue}.");
        reader.Skip();
        return null;
    }
}
