using Dojo.Pci.Portal.Components.Controls;
using Dojo.Pci.Tokenization.ApiKeys;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.ApiKeys;

/// <summary>A new key's secret, once, with a call that works when pasted.</summary>
public sealed partial class ShownSecret
{
    private IReadOnlyList<Snippet>? _call;

    /// <summary>The key.</summary>
    [Parameter, EditorRequired]
    public required MadeApiKey Made { get; set; }

    /// <summary>Where the page is.</summary>
    [Parameter, EditorRequired]
    public required SelectedTenant Selected { get; set; }

    /// <summary>The key whose place it takes.</summary>
    [Parameter]
    public ManagedApiKey? Old { get; set; }

    /// <summary>Knows the address that the portal was reached by.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <summary>The clock that the sample's card must outlive.</summary>
    [Inject]
    public required TimeProvider Clock { get; init; }

    /// <inheritdoc />
    protected override void OnInitialized() =>
        _call = SampleCall.For(Made, Navigation.BaseUri, Clock.GetUtcNow()) is { } call ? [new Snippet("curl", call)] : null;
}
