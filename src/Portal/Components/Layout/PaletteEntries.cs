using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Tokens;
using MudBlazor;

namespace Dojo.Pci.Portal.Components.Layout;

/// <summary>An entry of the command palette.</summary>
/// <param name="Label">What the entry does or where it leads.</param>
/// <param name="Kind">The kind of entry, in a word or two.</param>
/// <param name="Icon">The icon.</param>
/// <param name="Address">The address that the entry opens.</param>
internal sealed record PaletteEntry(string Label, string Kind, string Icon, string Address);

/// <summary>Finds the entries of the command palette for typed text. The member's role must allow each of them.</summary>
internal static class PaletteEntries
{
    private const string TokenPrefix = "si_";
    private const int LengthOfTraceId = 32;
    private const int LengthOfTraceParent = 55;
    private const int Most = 12;

    /// <summary>Returns the entries, most likely first; at most twelve.</summary>
    /// <param name="who">The signed-in member.</param>
    /// <param name="place">The selected location and environment.</param>
    /// <param name="keys">The tenant's keys that the member may see.</param>
    /// <param name="typed">The typed text, validated by <see cref="TokenSearchRules.ValidateText"/> because it goes into addresses.</param>
    public static IReadOnlyList<PaletteEntry> For(SignedInMember who, SelectedTenant place, IReadOnlyList<ListedApiKey> keys, string typed)
    {
        var text = TextElements.Cut(typed.Trim(), TokenSearch.LongestText);
        var words = FoldedText.Of(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var known = Pages(who, place).Concat(Actions(who, place)).Concat(text.Length == 0 ? [] : keys.Select(key => OfKey(place, key)))
            .Where(entry => words.All(FoldedText.Of($"{entry.Label} {entry.Kind}").Contains));
        return [.. ById(who, place, text).Concat(known).Concat(Searches(who, place, text)).Take(Most)];
    }

    private static IEnumerable<PaletteEntry> Pages(SignedInMember who, SelectedTenant place) =>
    [
        .. PortalPages.For(who.Role, place.Environment).Select(page => new PaletteEntry(page.Label, "Page", page.Icon, PortalUrls.In(place, page.Path))),
        new("Test cards", "Page", Icons.Material.Outlined.CreditCard, PortalUrls.In(place, PortalUrls.TestCards)),
        new("Documentation", "Page", Icons.Material.Outlined.MenuBook, PortalUrls.Docs),
        new("Your account", "Page", Icons.Material.Outlined.Person, PortalUrls.In(place, PortalUrls.Account)),
    ];

    private static IEnumerable<PaletteEntry> Actions(SignedInMember who, SelectedTenant place)
    {
        var other = place.Environment == TenantEnvironment.Sandbox ? TenantEnvironment.Production : TenantEnvironment.Sandbox;
        yield return new($"Switch to {(other == TenantEnvironment.Sandbox ? "sandbox" : "production")}", "Action", Icons.Material.Outlined.SwapHoriz, PortalUrls.In(place with { Environment = other }, PortalUrls.Home));
        if (RoleTable.Allows(who.Role, place.Environment == TenantEnvironment.Sandbox ? Operation.ManageSandboxApiKeys : Operation.ManageProductionApiKeys))
        {
            yield return new("Create an API key", "Action", Icons.Material.Outlined.Key, PortalUrls.NewApiKey(place));
        }

        if (RoleTable.Allows(who.Role, place.Environment == TenantEnvironment.Sandbox ? Operation.ManageSandboxWebhooks : Operation.ManageProductionWebhooks))
        {
            yield return new("Add a webhook endpoint", "Action", Icons.Material.Outlined.Webhook, PortalUrls.NewWebhookEndpoint(place));
        }

        if (RoleTable.Allows(who.Role, Operation.ManageMembers))
        {
            yield return new("Invite a member", "Action", Icons.Material.Outlined.PersonAdd, PortalUrls.In(place, PortalUrls.InviteMember));
        }

        if (RoleTable.Allows(who.Role, Operation.ViewRequestLogs))
        {
            yield return new("See requests that were refused", "Action", Icons.Material.Outlined.ErrorOutline, PortalUrls.In(place, PortalUrls.LogErrors));
        }
    }

    private static PaletteEntry OfKey(SelectedTenant place, ListedApiKey key) =>
        new($"{key.Key.Key.Name} …{key.Key.Key.LastFour}", "API key", Icons.Material.Outlined.Key, PortalUrls.ApiKey(place, key.Key.Key.Id));

    private static IEnumerable<PaletteEntry> ById(SignedInMember who, SelectedTenant place, string text)
    {
        if (text.StartsWith(TokenPrefix, StringComparison.Ordinal) && RoleTable.Allows(who.Role, Operation.BrowseTokens))
        {
            yield return new($"Open {text}", "Token", Icons.Material.Outlined.Toll, PortalUrls.Token(place, text));
        }

        if (IsTraceId(text) && RoleTable.Allows(who.Role, Operation.ViewRequestLogs))
        {
            yield return new("Open the request with this trace id", "Request", Icons.Material.Outlined.ReceiptLong, PortalUrls.LogsOf(place, text: text));
        }
    }

    private static IEnumerable<PaletteEntry> Searches(SignedInMember who, SelectedTenant place, string text)
    {
        if (text.Length > 0 && RoleTable.Allows(who.Role, Operation.BrowseTokens))
        {
            yield return new($"Tokens with “{text}”", "Search", Icons.Material.Outlined.Search, PortalUrls.In(place, PortalUrls.Tokens, ("q", text)));
        }

        if (text.Length > 0 && RoleTable.Allows(who.Role, Operation.ViewRequestLogs))
        {
            yield return new($"Requests about “{text}”", "Search", Icons.Material.Outlined.Search, PortalUrls.LogsOf(place, text: text));
        }
    }

    // A traceparent as the log stores it (W3C Trace Context), or only its 32-digit trace id.
    private static bool IsTraceId(string text) =>
        (text.Length == LengthOfTraceId && text.All(char.IsAsciiHexDigitLower)) || (text.Length == LengthOfTraceParent && text.StartsWith("00-", StringComparison.Ordinal));
}
