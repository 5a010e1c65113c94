using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Logs;

/// <summary>The pages of the request log, side by side.</summary>
public sealed partial class LogTabs
{
    private static readonly (string Path, string Label)[] s_tabs =
    [
        (PortalUrls.Logs, "Requests"), (PortalUrls.LogErrors, "Errors"), (PortalUrls.LogLatency, "Latency"), (PortalUrls.LogCheck, "Card number check"),
    ];

    /// <summary>The place.</summary>
    [Parameter, EditorRequired]
    public required SelectedTenant Selected { get; set; }

    /// <summary>The path of the page that is shown.</summary>
    [Parameter, EditorRequired]
    public required string Current { get; set; }
}
