using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Members;

namespace Dojo.Pci.Portal.Logging;

/// <summary>
/// Decides whether a text from outside may be logged, kept or sent back if no other rule checks it. It is the last line of defence, behind
/// types that cannot print what they hold.
/// </summary>
internal static class LogScrubber
{
    /// <summary>The text that replaces a text that held a secret.</summary>
    public const string Replacement = "[withheld: the text held a card number, an API key or the secret of a link or a session]";

    /// <summary>Returns the text, or <see cref="Replacement"/> if it holds a secret.</summary>
    public static string Scrub(string text) => HoldsSecret(text) ? Replacement : text;

    /// <summary>Returns a typed text, for the form to show it again; null if it holds a secret.</summary>
    public static string? ToShowAgain(string? typed) => typed is null || HoldsSecret(typed) ? null : typed;

    /// <summary>Whether a text holds a card number, an API key or the secret of a link or a session, even if percent-encoded.</summary>
    public static bool HoldsSecret(string text) =>
        CardNumberDetector.ContainsCardNumber(text) || HoldsKey(text) || (text.Contains('%', StringComparison.Ordinal) && HoldsKey(Uri.UnescapeDataString(text)));

    private static bool HoldsKey(string text) => ApiKeyDetector.ContainsApiKey(text) || OpaqueSecret.IsIn(text);
}
