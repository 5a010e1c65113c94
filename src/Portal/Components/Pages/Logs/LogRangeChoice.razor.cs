using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Logs;

/// <summary>Chooses a stretch of time up to now.</summary>
public sealed partial class LogRangeChoice
{
    /// <summary>The one that is shown.</summary>
    [Parameter, EditorRequired]
    public required LogRange Range { get; set; }

    /// <summary>The reader wants another.</summary>
    [Parameter]
    public EventCallback<LogRange> OnChange { get; set; }
}
