using Dojo.Pci.Portal.Components.Time;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web.Virtualization;

namespace Dojo.Pci.Portal.Components;

/// <summary>
/// A table that renders only its visible rows and loads further pages as the reader scrolls towards them. Rows still to be loaded are shown as
/// empty placeholders.
/// </summary>
/// <typeparam name="TRow">The item that a row shows.</typeparam>
public abstract class ScrolledTable<TRow> : ZonedComponent
{
    private const int RowsToCome = 25;
    private Task? _loading;

    /// <summary>The location and environment of the rows.</summary>
    [Parameter, EditorRequired]
    public required SelectedTenant Selected { get; set; }

    /// <summary>Whether the rows are dense.</summary>
    [Parameter]
    public bool IsDense { get; set; }

    /// <summary>Loads the next page into the list.</summary>
    [Parameter, EditorRequired]
    public required Func<Task> LoadMore { get; set; }

    /// <summary>Navigates to the page of a row.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <summary>Whether the first rows are visible, so that new rows may be inserted above them.</summary>
    internal bool IsAtTop { get; private set; } = true;

    /// <summary>The component that renders the rows.</summary>
    protected Virtualize<TRow>? Visible { get; set; }

    /// <summary>The loaded rows.</summary>
    protected abstract IReadOnlyList<TRow> Rows { get; }

    /// <summary>Whether there are more rows to load.</summary>
    protected abstract bool HasMore { get; }

    /// <summary>Renders the rows again after they have changed.</summary>
    internal async Task RefreshAsync()
    {
        if (Visible is not null)
        {
            await Visible.RefreshDataAsync();
            StateHasChanged(); // RefreshDataAsync fetches the rows but does not render them
        }
    }

    /// <summary>Returns the requested rows. Loads the next page first if they reach beyond the loaded rows, one page at a time.</summary>
    protected async ValueTask<ItemsProviderResult<TRow>> ProvideAsync(ItemsProviderRequest request)
    {
        IsAtTop = request.StartIndex == 0;
        if (request.StartIndex + request.Count > Rows.Count && HasMore)
        {
            if (_loading is not { IsCompleted: false })
            {
                _loading = LoadMore();
            }

            await _loading;
        }

        return new ItemsProviderResult<TRow>(Rows.Skip(request.StartIndex).Take(request.Count), Rows.Count + (HasMore ? RowsToCome : 0));
    }
}
