using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Members;

namespace Dojo.Pci.Portal.Logging;

/// <summary>
/// Says whether a text from outside may be logged, kept or sent back where no rule checks it: the last net, behind types that cannot
/// print what they hold.
/// </summary>
internal static class LogScrubber
{
    /// <summary>What stands in place of a text that held a secret.</summary>
    public const string Replacement = "[withheld: the text held a card number, an API key or the secret of a link or a session]";

    /// <summary>The text, or <see cref="Replacement"/> when a secret is in it.</summary>
    public static string Scrub(string text) => HoldsSecret(text) ? Replacement : text;

    /// <summary>What someone typed, for the form to show it again; null when a secret is in it.</summary>
    public static string? ToShowAgain(string? typed) => typed is null || HoldsSecret(typed) ? null : typed;

    /// <summary>Whether a card number, an API key or what opens a link or a session is in the text, also in the encoding of an address.</summary>
    public static bool HoldsSecret(string text) =>
        CardNumberDetector.ContainsCardNumber(text) || HoldsKey(text) || (text.Contains('%', StringComparison.Ordinal) && HoldsKey(Uri.UnescapeDataString(text)));

    private static bool HoldsKey(string text) => ApiKeyDetector.ContainsApiKey(text) || OpaqueSecret.IsIn(text);
}
