using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Tokenization.RequestLogs;

/// <summary>
/// The last net before an entry is stored, behind types and rules that let no card number in. It does catch something: an
/// API key is a lawful description as far as the validator knows.
/// </summary>
internal static class RequestLogScrubber
{
    /// <summary>What stands in the log where a text held a secret.</summary>
    public const string Replacement = "[withheld: the text held a card number or an API key]";

    /// <summary>
    /// The entry, with every text replaced that holds a secret. Its body looks through itself. The trace id is left to
    /// anyone who knows whether the client chose it: one in a thousand random ones has digits like a card's.
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

    /// <summary>The text, or <see cref="Replacement"/> when a card number or an API key is in it.</summary>
    public static string Scrub(string text) => HoldsSecret(text) ? Replacement : text;

    private static bool HoldsSecret(string? text) => CardNumberDetector.ContainsCardNumber(text) || ApiKeyDetector.ContainsApiKey(text);
}
