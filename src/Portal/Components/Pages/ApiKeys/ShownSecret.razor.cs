using Dojo.Pci.Portal.Components.Controls;
using Dojo.Pci.Tokenization.ApiKeys;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.ApiKeys;

/// <summary>Shows a new key's secret once, with a call that works when pasted.</summary>
public sealed partial class ShownSecret
{
    private IReadOnlyList<Snippet>? _call;

    /// <summary>The key.</summary>
    [Parameter, EditorRequired]
    public required MadeApiKey Made { get; set; }

    /// <summary>The selected location and environment.</summary>
    [Parameter, EditorRequired]
    public required SelectedTenant Selected { get; set; }

    /// <summary>The key that the new one replaces; null if there is none.</summary>
    [Parameter]
    public ManagedApiKey? Old { get; set; }

    /// <summary>Provides the address that the portal was reached by.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <summary>The clock that the expiry of the sample's card is counted from.</summary>
    [Inject]
    public required TimeProvider Clock { get; init; }

    /// <inheritdoc />
    protected override void OnInitialized() =>
        _call = SampleCall.For(Made, Navigation.BaseUri, Clock.GetUtcNow()) is { } call ? [new Snippet("curl", call)] : null;
}
