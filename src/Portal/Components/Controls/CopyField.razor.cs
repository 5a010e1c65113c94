using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Controls;

/// <summary>A value to take along: shown in full, scrolled sideways when it is long, copied with one click.</summary>
public sealed partial class CopyField
{
    /// <summary>What the value is.</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>The value.</summary>
    [Parameter, EditorRequired]
    public required string Value { get; set; }

    /// <summary>By which tests find the value.</summary>
    [Parameter]
    public string? TestId { get; set; }
}
