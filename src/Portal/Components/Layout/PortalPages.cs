using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using MudBlazor;

namespace Dojo.Pci.Portal.Components.Layout;

/// <summary>A page of the portal that has a place in its menu.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Path">Its address.</param>
/// <param name="Icon">Its sign.</param>
/// <param name="Operation">What a role must allow to see it.</param>
internal sealed record PortalPage(string Label, string Path, string Icon, Operation Operation)
{
    /// <summary>Whether production does not have it.</summary>
    public bool IsSandboxOnly { get; init; }
}

/// <summary>The pages of the menu, in its order.</summary>
internal static class PortalPages
{
    private static readonly PortalPage[] s_all =
    [
        new("Home", PortalUrls.Home, Icons.Material.Outlined.Home, Operation.ViewMetrics),
        new("Tokens", PortalUrls.Tokens, Icons.Material.Outlined.Toll, Operation.BrowseTokens),
        new("Duplicate cards", PortalUrls.Cards, Icons.Material.Outlined.Style, Operation.BrowseTokens),
        new("Logs", PortalUrls.Logs, Icons.Material.Outlined.ReceiptLong, Operation.ViewRequestLogs),
        new("API keys", PortalUrls.ApiKeys, Icons.Material.Outlined.Key, Operation.ViewApiKeys),
        new("Webhooks", PortalUrls.WebhookEndpoints, Icons.Material.Outlined.Webhook, Operation.ViewWebhooks),
        new("Sandbox", PortalUrls.Sandbox, Icons.Material.Outlined.Science, Operation.ManageSandbox) { IsSandboxOnly = true },
        new("Members", PortalUrls.Members, Icons.Material.Outlined.Group, Operation.ViewMembers),
        new("Audit trail", PortalUrls.AuditTrail, Icons.Material.Outlined.History, Operation.ViewActivity),
        new("Settings", PortalUrls.Settings, Icons.Material.Outlined.Tune, Operation.ViewSettings),
    ];

    /// <summary>The pages that a role may see, of those that there are in an environment.</summary>
    public static IEnumerable<PortalPage> For(MemberRole role, TenantEnvironment environment) =>
        s_all.Where(page => RoleTable.Allows(role, page.Operation) && !(page.IsSandboxOnly && environment == TenantEnvironment.Production));

    /// <summary>Whether an environment has what is at an address.</summary>
    public static bool IsIn(TenantEnvironment environment, string path) =>
        environment == TenantEnvironment.Sandbox || !Array.Exists(s_all, page => page.IsSandboxOnly && page.Path == path);

    /// <summary>The page, other than home, that an address is below; null for none.</summary>
    public static PortalPage? Above(string path) =>
        Array.Find(s_all, page => page.Path != PortalUrls.Home && path.StartsWith($"{page.Path}/", StringComparison.Ordinal));
}
