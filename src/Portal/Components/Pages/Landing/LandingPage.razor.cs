using Dojo.Pci.Portal.Components.Controls;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Landing;

/// <summary>What this is, whether it runs, and the first call to make. Public: it shows nothing that belongs to anyone.</summary>
public sealed partial class LandingPage
{
    private IReadOnlyList<Snippet> _firstCall = [];

    /// <summary>Knows the address that the visitor reached the portal by.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <inheritdoc />
    protected override void OnInitialized() => _firstCall = FirstCall.Against(Navigation.BaseUri);
}
