using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Tokens;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;

namespace Dojo.Pci.Portal.Components.Layout;

/// <summary>
/// Finds a page, an action, a key, a token or a request by a few letters, and opens it. Ctrl K or ⌘ K opens the palette (<c>js/keyboard.js</c>). A
/// card number is never put into an address.
/// </summary>
public sealed partial class CommandPalette
{
    private static readonly DialogOptions s_options = new()
    {
        CloseOnEscapeKey = true, BackdropClick = true, FullWidth = true, MaxWidth = MaxWidth.Small, Position = DialogPosition.TopCenter,
    };

    private IReadOnlyList<ListedApiKey> _keys = [];
    private bool _isOpen;
    private string? _fault;
    private int _chosen;

    /// <summary>The signed-in member.</summary>
    [Parameter, EditorRequired]
    public required SignedInMember Who { get; set; }

    /// <summary>The selected location and environment.</summary>
    [Parameter, EditorRequired]
    public required SelectedTenant Selected { get; set; }

    /// <summary>Lists the keys, which the palette finds by name.</summary>
    [Inject]
    public required IApiKeyService Keys { get; init; }

    /// <summary>Navigates to the chosen entry.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }

    private IReadOnlyList<PaletteEntry> Entries { get; set; } = [];

    private static string IdOf(int position) => $"palette-entry-{position}";

    private async Task OpenAsync()
    {
        (_isOpen, _keys) = (true, []);
        Type("");
        try
        {
            _keys = (await Keys.ListAsync(Who, Selected.Tenant, new ApiKeyFilter(), CancellationToken.None)).Value?.Keys ?? [];
        }
        catch (UnavailableException)
        {
            // Without the keys the palette still finds everything else.
        }
    }

    private void Type(string? typed)
    {
        _fault = TokenSearchRules.ValidateText(typed)?.Message;
        Entries = _fault is null ? PaletteEntries.For(Who, Selected, _keys, typed ?? "") : [];
        _chosen = 0;
    }

    private Task MoveAsync(KeyboardEventArgs pressed)
    {
        if (Entries.Count > 0)
        {
            switch (pressed.Key)
            {
                case "ArrowDown":
                    _chosen = (_chosen + 1) % Entries.Count;
                    break;
                case "ArrowUp":
                    _chosen = (_chosen + Entries.Count - 1) % Entries.Count;
                    break;
                case "Enter":
                    Go(Entries[_chosen]);
                    break;
                default:
                    break;
            }
        }

        return Task.CompletedTask;
    }

    private void Go(PaletteEntry entry)
    {
        _isOpen = false;
        Navigation.NavigateTo(entry.Address);
    }
}
