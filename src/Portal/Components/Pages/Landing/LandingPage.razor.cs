using Dojo.Pci.Portal.Components.Controls;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Landing;

/// <summary>The landing page: what the service is, whether it runs, and the first call to make. Public: it shows no account's data.</summary>
public sealed partial class LandingPage
{
    private IReadOnlyList<Snippet> _firstCall = [];

    /// <summary>Provides the address that the visitor reached the portal by.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <inheritdoc />
    protected override void OnInitialized() => _firstCall = FirstCall.Against(Navigation.BaseUri);
}
