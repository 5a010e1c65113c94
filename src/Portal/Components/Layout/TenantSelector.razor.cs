using Dojo.Pci.Tokenization.Accounts;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Layout;

/// <summary>
/// Selects the location and the environment that a page is about. Each choice leads to an address. The environments are links, so that they work
/// without a circuit too; the location can only be chosen in a circuit.
/// </summary>
public sealed partial class TenantSelector
{
    /// <summary>The location and environment that the page is about.</summary>
    [Parameter, EditorRequired]
    public required SelectedTenant Selected { get; set; }

    /// <summary>Returns the address of the same page for another location or environment.</summary>
    [Parameter, EditorRequired]
    public required Func<SelectedTenant, string> AddressIn { get; set; }

    /// <summary>Provides the page's address and navigates.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }

    // A throwaway sandbox has no production environment.
    private IEnumerable<TenantEnvironment> Environments => EnvironmentsOf(Selected.Location);

    private static TenantEnvironment[] EnvironmentsOf(Location location) =>
        location.VanishesAt is null ? Enum.GetValues<TenantEnvironment>() : [TenantEnvironment.Sandbox];

    private void Go(Location location) => Navigation.NavigateTo(
        AddressIn(Selected with { Location = location, Environment = EnvironmentsOf(location).Contains(Selected.Environment) ? Selected.Environment : TenantEnvironment.Sandbox }));
}
