using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Logs;

/// <summary>The tabs of the request log's pages.</summary>
public sealed partial class LogTabs
{
    private static readonly (string Path, string Label)[] s_tabs =
    [
        (PortalUrls.Logs, "Requests"), (PortalUrls.LogErrors, "Errors"), (PortalUrls.LogLatency, "Latency"), (PortalUrls.LogCheck, "Card number check"),
    ];

    /// <summary>The selected location and environment.</summary>
    [Parameter, EditorRequired]
    public required SelectedTenant Selected { get; set; }

    /// <summary>The path of the page that is shown.</summary>
    [Parameter, EditorRequired]
    public required string Current { get; set; }
}
