using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Logs;

/// <summary>Chooses the columns of the list. The route is always there: it leads to the request.</summary>
public sealed partial class LogColumnMenu
{
    /// <summary>Those that are shown.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<LogColumn> Columns { get; set; }

    /// <summary>The reader wants others.</summary>
    [Parameter]
    public EventCallback<IReadOnlyList<LogColumn>> OnChange { get; set; }

    private Task ToggleAsync(LogColumn column) =>
        OnChange.InvokeAsync(Columns.Contains(column) ? [.. Columns.Where(shown => shown != column)] : [.. Columns, column]);
}
