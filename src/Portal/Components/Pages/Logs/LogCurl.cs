using System.Text.Json.Nodes;
using Dojo.Pci.Portal.Presentation;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.RequestLogs;

namespace Dojo.Pci.Portal.Components.Pages.Logs;

/// <summary>
/// A logged request as a call to paste into a terminal. The key is taken from the environment. The card that was sent is known by its mask
/// alone: in the sandbox a test card stands in for it, in production a placeholder.
/// </summary>
internal static class LogCurl
{
    private const string CardNumber = "cardNumber";

    /// <summary>The call.</summary>
    /// <param name="entry">The request, with its body.</param>
    /// <param name="baseAddress">Where the API is, with a slash at its end.</param>
    /// <param name="now">From which the expiry of the test card is counted.</param>
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

    // The log has the route; what stood in its place is known where it was found.
    private static string PathOf(RequestLogEntry entry)
    {
        var id = entry.Route.Contains("payment-intents", StringComparison.Ordinal) ? entry.PaymentId : entry.TokenId;
        var path = entry.Route.StartsWith('/') ? entry.Route : "/";
        return id is null ? path : path.Replace("{id}", id, StringComparison.Ordinal);
    }

    // For a shell: nothing within is looked at.
    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
