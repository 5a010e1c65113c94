using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Portal.Logging;

/// <summary>
/// Says whether a text from outside may be logged, kept or sent back where no rule judges it: the last net, behind types that cannot
/// print what they hold.
/// </summary>
internal static class LogScrubber
{
    /// <summary>What stands in place of a text that held a secret.</summary>
    public const string Replacement = "[withheld: the text held a card number or an API key]";

    /// <summary>The text, or <see cref="Replacement"/> when a card number or an API key is in it.</summary>
    public static string Scrub(string text) => HoldsSecret(text) ? Replacement : text;

    /// <summary>What someone typed, for the form to show it again; null when a card number or an API key is in it.</summary>
    public static string? ToShowAgain(string? typed) => typed is null || HoldsSecret(typed) ? null : typed;

    /// <summary>Whether a card number or an API key is in the text, also in the encoding of an address.</summary>
    public static bool HoldsSecret(string text) =>
        CardNumberDetector.ContainsCardNumber(text)
        || ApiKeyDetector.ContainsApiKey(text)
        || (text.Contains('%', StringComparison.Ordinal) && ApiKeyDetector.ContainsApiKey(Uri.UnescapeDataString(text)));
}
