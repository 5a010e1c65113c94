using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Controls;

/// <summary>A value with a copy button. It is shown in full, and scrolls sideways if it is long.</summary>
public sealed partial class CopyField
{
    /// <summary>What the value is.</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>The value.</summary>
    [Parameter, EditorRequired]
    public required string Value { get; set; }

    /// <summary>The <c>data-testid</c> by which tests find the value.</summary>
    [Parameter]
    public string? TestId { get; set; }
}
