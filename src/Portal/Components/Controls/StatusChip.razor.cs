using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Dojo.Pci.Portal.Components.Controls;

/// <summary>A status in one word. The colour only repeats what the word says.</summary>
public sealed partial class StatusChip
{
    /// <summary>The word.</summary>
    [Parameter, EditorRequired]
    public required string Text { get; set; }

    /// <summary>Whether the status is good, bad or in between.</summary>
    [Parameter]
    public Tone Tone { get; set; }

    /// <summary>The <c>data-testid</c> by which tests find the element.</summary>
    [Parameter]
    public string? TestId { get; set; }

    private Color Color => Tone switch
    {
        Tone.Good => Color.Success,
        Tone.Warning => Color.Warning,
        Tone.Bad => Color.Error,
        _ => Color.Default,
    };
}

/// <summary>Whether a status is good, bad or in between.</summary>
public enum Tone
{
    /// <summary>Neither good nor bad, or not known yet.</summary>
    Neutral,

    /// <summary>As it should be.</summary>
    Good,

    /// <summary>Works, but needs attention.</summary>
    Warning,

    /// <summary>Does not work, or was refused.</summary>
    Bad,
}
