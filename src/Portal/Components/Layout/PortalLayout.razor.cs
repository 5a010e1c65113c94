using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Layout;

/// <summary>What is around every page of a member: the place, the ways to go, and who is signed in.</summary>
public sealed partial class PortalLayout
{
    private IReadOnlyList<Location>? _locations;
    private SignedInMember? _who;
    private SelectedTenant? _place;
    private bool _isMenuOpen = true;

    /// <summary>Who is there.</summary>
    [Inject]
    public required ICurrentMember Current { get; init; }

    /// <summary>The locations of the account.</summary>
    [Inject]
    public required IAccountStore Accounts { get; init; }

    /// <summary>Where the page is.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }

    // Without a circuit the menu of a narrow screen is opened by its address, which style sheets can ask for.
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

        // Not awaited once the locations are known: the page must never be given another address's place, not even for a moment.
        _place = _locations is null ? null : SelectedTenant.Of(_locations, Navigation.Uri);
    }

    private void ToggleMenu() => _isMenuOpen = !_isMenuOpen;

    private bool IsHere(string path) => path == PortalUrls.Home ? Path == path : Path == path || Path.StartsWith($"{path}/", StringComparison.Ordinal);

    // A single token or key belongs to one place: elsewhere, its list is shown.
    private string AddressIn(SelectedTenant selected) =>
        PortalUrls.In(selected, PortalPages.Above(Path)?.Path ?? (PortalPages.IsIn(selected.Environment, Path) ? Path : PortalUrls.Home));
}
