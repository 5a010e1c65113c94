using Dojo.Pci.Tokenization.Tokens;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web.Virtualization;

namespace Dojo.Pci.Portal.Components.Pages.Tokens;

/// <summary>
/// A table of tokens. Only rows that can be seen are rendered, and further pages are loaded as one scrolls towards them:
/// the rows to come are there already, empty.
/// </summary>
public sealed partial class TokenTable
{
    private const int RowsToCome = 25;
    private Virtualize<TokenRow>? _rows;
    private Task? _loading;

    /// <summary>The tokens.</summary>
    [Parameter, EditorRequired]
    public required TokenListState List { get; set; }

    /// <summary>The filters, and the order.</summary>
    [Parameter, EditorRequired]
    public required TokenQuery Query { get; set; }

    /// <summary>Where the tokens are.</summary>
    [Parameter, EditorRequired]
    public required SelectedTenant Selected { get; set; }

    /// <summary>Loads the next page into the list.</summary>
    [Parameter, EditorRequired]
    public required Func<Task> LoadMore { get; set; }

    /// <summary>Opens the page of a token.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <summary>The reader wants another order.</summary>
    [Parameter]
    public EventCallback<TokenSort> OnSort { get; set; }

    /// <summary>Whether the first rows are in sight: then new ones may come in above them.</summary>
    internal bool IsAtTop { get; private set; } = true;

    /// <summary>The list has changed.</summary>
    internal async Task RefreshAsync()
    {
        if (_rows is not null)
        {
            await _rows.RefreshDataAsync();
            StateHasChanged(); // it fetches its rows, but does not show them by itself
        }
    }

    private void Open(TokenRow row) => Navigation.NavigateTo(PortalUrls.Token(Selected, row.Id));

    private async ValueTask<ItemsProviderResult<TokenRow>> ProvideAsync(ItemsProviderRequest request)
    {
        IsAtTop = request.StartIndex == 0;
        if (request.StartIndex + request.Count > List.Rows.Count && List.After is not null)
        {
            // One page at a time.
            if (_loading is not { IsCompleted: false })
            {
                _loading = LoadMore();
            }

            await _loading;
        }

        return new ItemsProviderResult<TokenRow>(
            List.Rows.Skip(request.StartIndex).Take(request.Count), List.Rows.Count + (List.After is null ? 0 : RowsToCome));
    }
}
