using Dojo.Pci.Portal.Components.Controls;
using Dojo.Pci.Tokenization.ApiKeys;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.ApiKeys;

/// <summary>The requests with one key, minute by minute and by address.</summary>
public sealed partial class KeyMeter
{
    /// <summary>Says which of the two keys this is.</summary>
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>The counts.</summary>
    [Parameter, EditorRequired]
    public required MeteredApiKey Meter { get; set; }

    /// <summary>The first minute that is counted.</summary>
    [Parameter, EditorRequired]
    public DateTimeOffset FirstMinute { get; set; }

    /// <summary>The highest count of either key, so that both charts have one scale.</summary>
    [Parameter, EditorRequired]
    public long Scale { get; set; }

    /// <summary>The selected location and environment.</summary>
    [Parameter, EditorRequired]
    public required SelectedTenant Selected { get; set; }

    /// <summary>Whether the page is about this key.</summary>
    [Parameter]
    public bool IsHere { get; set; }

    /// <summary>The clock that determines the status.</summary>
    [Inject]
    public required TimeProvider Clock { get; init; }

    private ApiKeyStatus Status => Meter.Key.StatusAt(Clock.GetUtcNow());

    private List<Bar> BarsOf(IReadOnlyList<long> perMinute) =>
        [.. perMinute.Select((requests, index) => new Bar(index == perMinute.Count - 1 ? "now" : Zone.WriteTime(FirstMinute.AddMinutes(index)), requests))];
}
