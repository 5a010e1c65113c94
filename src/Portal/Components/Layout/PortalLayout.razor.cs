using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Members;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Dojo.Pci.Portal.Components.Layout;

/// <summary>What is around every page of a member: the place, the ways to go, and who is signed in.</summary>
public sealed partial class PortalLayout
{
    private static readonly Entry[] s_entries =
    [
        new("Home", PortalUrls.Home, Icons.Material.Outlined.Home, Operation.ViewMetrics),
        new("Tokens", PortalUrls.Tokens, Icons.Material.Outlined.Toll, Operation.BrowseTokens),
        new("API keys", PortalUrls.ApiKeys, Icons.Material.Outlined.Key, Operation.ViewApiKeys),
        new("Members", PortalUrls.Members, Icons.Material.Outlined.Group, Operation.ViewMembers),
        new("Activity", PortalUrls.Activity, Icons.Material.Outlined.History, Operation.ViewActivity),
        new("Settings", PortalUrls.Settings, Icons.Material.Outlined.Tune, Operation.ViewSettings),
    ];

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

    private static IEnumerable<Entry> Entries => s_entries;

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
    private string AddressIn(SelectedTenant selected)
    {
        var list = Array.Find(s_entries, entry => entry.Path != PortalUrls.Home && Path.StartsWith($"{entry.Path}/", StringComparison.Ordinal));
        return PortalUrls.In(selected, list?.Path ?? Path);
    }

    private sealed record Entry(string Label, string Path, string Icon, Operation Operation);
}
