using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Layout;

/// <summary>The layout of every page for members: the location and environment, the menu, and the signed-in member.</summary>
public sealed partial class PortalLayout
{
    private IReadOnlyList<Location>? _locations;
    private SignedInMember? _who;
    private SelectedTenant? _place;
    private bool _isMenuOpen = true;

    /// <summary>Finds the signed-in member.</summary>
    [Inject]
    public required ICurrentMember Current { get; init; }

    /// <summary>Lists the locations of the account.</summary>
    [Inject]
    public required IAccountStore Accounts { get; init; }

    /// <summary>Provides the page's address and navigates.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }

    // Without a circuit an address opens the menu on a narrow screen: the style sheet matches its fragment.
    private string? MenuAddress => RendererInfo.IsInteractive ? null : $"{Navigation.Uri.Split('#')[0]}#menu";

    private string Path => $"/{Navigation.ToBaseRelativePath(Navigation.Uri).Split('?', '#')[0]}";

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (_locations is null)
        {
            _who = await Current.FindAsync();
            _locations = _who is null ? null : await Accounts.ListLocationsAsync(_who.Account, CancellationToken.None);
        }

        // Nothing is awaited once the locations are known, so that the page never gets the tenant of another address, not even briefly.
        _place = _locations is null ? null : SelectedTenant.Of(_locations, Navigation.Uri);
    }

    private void ToggleMenu() => _isMenuOpen = !_isMenuOpen;

    private bool IsHere(string path) => path == PortalUrls.Home ? Path == path : Path == path || Path.StartsWith($"{path}/", StringComparison.Ordinal);

    // A single token or key belongs to one tenant; in another tenant its list is shown.
    private string AddressIn(SelectedTenant selected) =>
        PortalUrls.In(selected, PortalPages.Above(Path)?.Path ?? (PortalPages.IsIn(selected.Environment, Path) ? Path : PortalUrls.Home));
}
