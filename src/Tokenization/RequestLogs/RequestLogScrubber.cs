using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Tokenization.RequestLogs;

/// <summary>
/// The last safeguard before an entry is stored, behind types and rules that let no card number in. It has an effect: to the validator, a description
/// that is an API key is valid.
/// </summary>
internal static class RequestLogScrubber
{
    /// <summary>The text that the log holds in place of a text with a secret.</summary>
    public const string Replacement = "[withheld: the text held a card number or an API key]";

    /// <summary>
    /// Returns the entry with every text that holds a secret replaced. The body scrubs itself. The trace id is left to the caller, which knows whether the
    /// client chose it: one random trace id in a thousand has digits like those of a card number.
    /// </summary>
    public static RequestLogEntry Scrub(RequestLogEntry entry) =>
        !HoldsSecret(entry.Method) && !HoldsSecret(entry.Route) && !HoldsSecret(entry.Version) && !HoldsSecret(entry.Refusal)
            ? entry
            : entry with
            {
                Method = Scrub(entry.Method),
                Route = Scrub(entry.Route),
                Version = entry.Version is null ? null : Scrub(entry.Version),
                Refusal = entry.Refusal is null ? null : Scrub(entry.Refusal),
            };

    /// <summary>Returns the text, or <see cref="Replacement"/> if it contains a card number or an API key.</summary>
    public static string Scrub(string text) => HoldsSecret(text) ? Replacement : text;

    private static bool HoldsSecret(string? text) => CardNumberDetector.ContainsCardNumber(text) || ApiKeyDetector.ContainsApiKey(text);
}
