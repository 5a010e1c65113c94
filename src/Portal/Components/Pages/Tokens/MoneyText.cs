using System.Globalization;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Portal.Components.Pages.Tokens;

/// <summary>Formats amounts for people: converts minor units to the usual notation of the currency.</summary>
internal static class MoneyText
{
    // Currencies whose minor unit is not a hundredth (ISO 4217).
    private static readonly string[] s_whole = ["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"];
    private static readonly string[] s_thousandths = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

    public static string Of(Money amount)
    {
        var digits = s_whole.Contains(amount.CurrencyCode) ? 0 : s_thousandths.Contains(amount.CurrencyCode) ? 3 : 2;
        var value = amount.Value / (decimal)Math.Pow(10, digits);
        return $"{value.ToString($"N{digits}", CultureInfo.InvariantCulture)} {amount.CurrencyCode}";
    }
}
