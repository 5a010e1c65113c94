using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using MudBlazor;

namespace Dojo.Pci.Portal.Components.Layout;

/// <summary>A page in the portal's menu.</summary>
/// <param name="Label">The name in the menu.</param>
/// <param name="Path">The path.</param>
/// <param name="Icon">The icon.</param>
/// <param name="Operation">The operation that a role must allow for the page to be shown.</param>
internal sealed record PortalPage(string Label, string Path, string Icon, Operation Operation)
{
    /// <summary>Whether only the sandbox has the page.</summary>
    public bool IsSandboxOnly { get; init; }
}

/// <summary>The pages of the menu, in menu order.</summary>
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

    /// <summary>Returns the pages of an environment that a role may see.</summary>
    public static IEnumerable<PortalPage> For(MemberRole role, TenantEnvironment environment) =>
        s_all.Where(page => RoleTable.Allows(role, page.Operation) && !(page.IsSandboxOnly && environment == TenantEnvironment.Production));

    /// <summary>Whether an environment has the page at a path.</summary>
    public static bool IsIn(TenantEnvironment environment, string path) =>
        environment == TenantEnvironment.Sandbox || !Array.Exists(s_all, page => page.IsSandboxOnly && page.Path == path);

    /// <summary>Returns the page, other than home, that a path is below; null if there is none.</summary>
    public static PortalPage? Above(string path) =>
        Array.Find(s_all, page => page.Path != PortalUrls.Home && path.StartsWith($"{page.Path}/", StringComparison.Ordinal));
}
