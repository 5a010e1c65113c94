using Dojo.Pci.Portal.Components.Time;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web.Virtualization;

namespace Dojo.Pci.Portal.Components;

/// <summary>
/// A table of which only the rows that can be seen are rendered, and of which further pages are loaded as one scrolls towards them: the rows to come are
/// there already, empty.
/// </summary>
/// <typeparam name="TRow">What a row shows.</typeparam>
public abstract class ScrolledTable<TRow> : ZonedComponent
{
    private const int RowsToCome = 25;
    private Task? _loading;

    /// <summary>Where the rows are.</summary>
    [Parameter, EditorRequired]
    public required SelectedTenant Selected { get; set; }

    /// <summary>Whether its rows are low.</summary>
    [Parameter]
    public bool IsDense { get; set; }

    /// <summary>Loads the next page into the list.</summary>
    [Parameter, EditorRequired]
    public required Func<Task> LoadMore { get; set; }

    /// <summary>Opens the page of a row.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <summary>Whether the first rows are in sight: then new ones may come in above them.</summary>
    internal bool IsAtTop { get; private set; } = true;

    /// <summary>What renders the rows.</summary>
    protected Virtualize<TRow>? Visible { get; set; }

    /// <summary>The rows that are loaded.</summary>
    protected abstract IReadOnlyList<TRow> Rows { get; }

    /// <summary>Whether there are more.</summary>
    protected abstract bool HasMore { get; }

    /// <summary>The rows have changed.</summary>
    internal async Task RefreshAsync()
    {
        if (Visible is not null)
        {
            await Visible.RefreshDataAsync();
            StateHasChanged(); // it fetches its rows, but does not show them by itself
        }
    }

    /// <summary>Gives the rows that can be seen, and loads what there is to come, one page at a time.</summary>
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
