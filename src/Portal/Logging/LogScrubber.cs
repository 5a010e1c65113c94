using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Portal.Logging;

/// <summary>Says whether a text may be logged: the last net, behind types that cannot print what they hold.</summary>
internal static class LogScrubber
{
    /// <summary>What stands in the log where a text held a secret.</summary>
    public const string Replacement = "[withheld: the text held a card number or an API key]";

    /// <summary>The text, or <see cref="Replacement"/> when a card number or an API key is in it.</summary>
    public static string Scrub(string text) => HoldsSecret(text) ? Replacement : text;

    /// <summary>Whether a card number or an API key is in the text.</summary>
    public static bool HoldsSecret(string text) =>
        Holds(text) || (text.AsSpan().ContainsAny('%', '+') && Holds(Uri.UnescapeDataString(text.Replace('+', ' ')))); // as in an address

    private static bool Holds(string text) => CardNumberDetector.ContainsCardNumber(text) || ApiKeyDetector.ContainsApiKey(text);
}
