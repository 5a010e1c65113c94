using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Logs;

/// <summary>Chooses a period up to now.</summary>
public sealed partial class LogRangeChoice
{
    /// <summary>The selected range.</summary>
    [Parameter, EditorRequired]
    public required LogRange Range { get; set; }

    /// <summary>Raised when the reader chooses another range.</summary>
    [Parameter]
    public EventCallback<LogRange> OnChange { get; set; }
}
