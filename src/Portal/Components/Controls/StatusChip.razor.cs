using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Dojo.Pci.Portal.Components.Controls;

/// <summary>A state in one word. The colour repeats what the word says and never says more.</summary>
public sealed partial class StatusChip
{
    /// <summary>The word.</summary>
    [Parameter, EditorRequired]
    public required string Text { get; set; }

    /// <summary>How good the news is.</summary>
    [Parameter]
    public Tone Tone { get; set; }

    /// <summary>By which tests find it.</summary>
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

/// <summary>How good a piece of news is.</summary>
public enum Tone
{
    /// <summary>Neither good nor bad, or not known yet.</summary>
    Neutral,

    /// <summary>As it should be.</summary>
    Good,

    /// <summary>Works, but somebody should look.</summary>
    Warning,

    /// <summary>Does not work, or was refused.</summary>
    Bad,
}
