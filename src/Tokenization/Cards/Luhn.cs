namespace Dojo.Pci.Tokenization.Cards;

/// <summary>The check digit of ISO/IEC 7812-1, Annex B.</summary>
public static class Luhn
{
    /// <summary>Returns whether the digits satisfy the check. Expects ASCII digits only; an empty span does not satisfy it.</summary>
    public static bool IsValid(ReadOnlySpan<byte> asciiDigits)
    {
        var sum = 0;
        for (var i = 0; i < asciiDigits.Length; i++)
        {
            var digit = asciiDigits[^(i + 1)] - '0';
            if (i % 2 == 1)
            {
                digit *= 2;
                digit -= digit > 9 ? 9 : 0;
            }

            sum += digit;
        }

        return asciiDigits.Length > 0 && sum % 10 == 0;
    }
}
