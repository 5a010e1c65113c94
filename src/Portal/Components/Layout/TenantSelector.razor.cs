using Dojo.Pci.Tokenization.Accounts;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Layout;

/// <summary>
/// The location and the environment that a page is about. Both are links or lead to an address, so that a page without a circuit has
/// them too; only there a location is named and not chosen.
/// </summary>
public sealed partial class TenantSelector
{
    /// <summary>What the page is about.</summary>
    [Parameter, EditorRequired]
    public required SelectedTenant Selected { get; set; }

    /// <summary>The address of the same page in another place.</summary>
    [Parameter, EditorRequired]
    public required Func<SelectedTenant, string> AddressIn { get; set; }

    /// <summary>Where the page is.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }

    // A throwaway sandbox has no production.
    private IEnumerable<TenantEnvironment> Environments => EnvironmentsOf(Selected.Location);

    private static TenantEnvironment[] EnvironmentsOf(Location location) =>
        location.VanishesAt is null ? Enum.GetValues<TenantEnvironment>() : [TenantEnvironment.Sandbox];

    private void Go(Location location) => Navigation.NavigateTo(
        AddressIn(Selected with { Location = location, Environment = EnvironmentsOf(location).Contains(Selected.Environment) ? Selected.Environment : TenantEnvironment.Sandbox }));
}
