using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Logs;

/// <summary>Chooses the columns of the list. The route is always shown, because it links to the request.</summary>
public sealed partial class LogColumnMenu
{
    /// <summary>The shown columns.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<LogColumn> Columns { get; set; }

    /// <summary>Raised when the reader chooses other columns.</summary>
    [Parameter]
    public EventCallback<IReadOnlyList<LogColumn>> OnChange { get; set; }

    private Task ToggleAsync(LogColumn column) =>
        OnChange.InvokeAsync(Columns.Contains(column) ? [.. Columns.Where(shown => shown != column)] : [.. Columns, column]);
}
