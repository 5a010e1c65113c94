using System.Globalization;
using System.Text.Json.Nodes;
using Dojo.Pci.Portal.Docs;
using Dojo.Pci.Portal.Docs.Samples;
using Dojo.Pci.Portal.Presentation;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Portal.Components.Pages.ApiKeys;

/// <summary>A call that a new key may make: with a published test card in the sandbox, otherwise a call that needs no card.</summary>
internal static class SampleCall
{
    private static readonly Dictionary<string, string> s_one = new(StringComparer.Ordinal) { ["limit"] = "1" };

    /// <summary>Returns the call as a curl command; null if the key may make no harmless call.</summary>
    public static string? For(MadeApiKey made, string baseAddress, DateTimeOffset now)
    {
        var key = made.Key.Key;
        var request = key.Tenant.Environment == TenantEnvironment.Sandbox && key.Scopes.HasFlag(ApiKeyScopes.Tokenize) ? Request("SetupIntents_Create", body: Card(now.AddYears(3)))
            : key.Scopes.HasFlag(ApiKeyScopes.Read) ? Request("SetupIntents_List", values: s_one)
            : null;
        return request is null ? null : ShellSamples.Curl(request);

        SampleRequest Request(string operation, Dictionary<string, string>? values = null, JsonNode? body = null) =>
            SampleRequest.Of(ApiDescription.Operation(operation), baseAddress, PublishedVersion.Newest, new SampleKey(made.Secret.Reveal()), values, body);
    }

    private static JsonObject Card(DateTimeOffset expiry) => new()
    {
        ["cardNumber"] = TestCards.All[0].Number,
        ["expiryDate"] = expiry.ToString("MM'/'yy", CultureInfo.InvariantCulture),
        ["reference"] = "Booking 4711",
    };
}
