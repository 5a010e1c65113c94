using Dojo.Pci.Portal.Presentation;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Portal.Components.Pages.ApiKeys;

/// <summary>A call that a new key may make: in the sandbox with a published test card, otherwise one that needs no card.</summary>
internal static class SampleCall
{
    /// <summary>Null where the key may do nothing that can be tried harmlessly.</summary>
    public static string? For(MadeApiKey made, string baseAddress, DateTimeOffset now)
    {
        var (key, address) = (made.Key.Key, $"{baseAddress}{PortalUrls.SetupIntents}");
        if (key.Tenant.Environment == TenantEnvironment.Sandbox && key.Scopes.HasFlag(ApiKeyScopes.Tokenize))
        {
            return Tokenize(address, made.Secret, now.AddYears(3));
        }

        return key.Scopes.HasFlag(ApiKeyScopes.Read) ? List(address, made.Secret) : null;
    }

    private static string Tokenize(string address, ApiKeySecret secret, DateTimeOffset expiry) => $$"""
        curl {{address}} \
          --header 'content-type: application/json' \
          --header 'Authorization: Basic {{secret.Reveal()}}' \
          --header 'version: {{PublishedVersion.Newest}}' \
          --data '{"cardNumber":"{{TestCards.All[0].Number}}","expiryDate":"{{expiry:MM'/'yy}}","reference":"Booking 4711"}'
        """;

    private static string List(string address, ApiKeySecret secret) => $$"""
        curl '{{address}}?limit=1' \
          --header 'Authorization: Basic {{secret.Reveal()}}' \
          --header 'version: {{PublishedVersion.Newest}}'
        """;
}
