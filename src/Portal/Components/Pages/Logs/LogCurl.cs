using System.Text.Json.Nodes;
using Dojo.Pci.Portal.Presentation;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.RequestLogs;

namespace Dojo.Pci.Portal.Components.Pages.Logs;

/// <summary>
/// Writes a logged request as a curl command to paste into a terminal. The key is taken from the environment. The log has only the mask of the card
/// that was sent: a test card replaces it in the sandbox, a placeholder in production.
/// </summary>
internal static class LogCurl
{
    private const string CardNumber = "cardNumber";

    /// <summary>Returns the command.</summary>
    /// <param name="entry">The request, with its body.</param>
    /// <param name="baseAddress">The base address of the API.</param>
    /// <param name="now">The current time, from which the expiry of the test card is counted.</param>
    public static string Of(RequestLogEntry entry, string baseAddress, DateTimeOffset now)
    {
        List<string> lines =
        [
            $"curl -X {entry.Method} {Quoted($"{baseAddress.TrimEnd('/')}{PathOf(entry)}")}",
            "  -H \"Authorization: Basic $DOJO_API_KEY\"",
            $"  -H {Quoted($"version: {entry.Version ?? PublishedVersion.Newest}")}",
        ];
        if (entry.Body is { } body)
        {
            lines.Add("  -H 'content-type: application/json'");
            lines.Add($"  -d {Quoted(Sendable(body, entry.Tenant?.Environment == TenantEnvironment.Sandbox, now))}");
        }

        return string.Join(" \\\n", lines);
    }

    private static string Sendable(RequestLogBody body, bool isSandbox, DateTimeOffset now)
    {
        var json = JsonNode.Parse(body.Json)!.AsObject();
        if (json.ContainsKey(CardNumber))
        {
            json[CardNumber] = isSandbox ? TestCards.All[0].Number : "<card number>";
            json["expiryDate"] = isSandbox ? now.AddYears(3).ToString("MM'/'yy", System.Globalization.CultureInfo.InvariantCulture) : "<MM/YY>";
        }

        return LogJson.Indented(json.ToJsonString());
    }

    // The log has the route pattern; the id in its place is known only if the token or payment was found.
    private static string PathOf(RequestLogEntry entry)
    {
        var id = entry.Route.Contains("payment-intents", StringComparison.Ordinal) ? entry.PaymentId : entry.TokenId;
        var path = entry.Route.StartsWith('/') ? entry.Route : "/";
        return id is null ? path : path.Replace("{id}", id, StringComparison.Ordinal);
    }

    // Single quotes, within which a shell expands nothing.
    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
