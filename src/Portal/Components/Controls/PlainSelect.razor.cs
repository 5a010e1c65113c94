using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Controls;

/// <summary>A drop-down list on a page without a circuit.</summary>
public sealed partial class PlainSelect
{
    /// <summary>The field's label.</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>The name that the form binds to.</summary>
    [Parameter, EditorRequired]
    public required string Name { get; set; }

    /// <summary>The chosen value; null selects the option with the empty value.</summary>
    [Parameter]
    public string? Value { get; set; }

    /// <summary>The values and their labels.</summary>
    [Parameter, EditorRequired]
    public required IEnumerable<(string Value, string Text)> Options { get; set; }

    /// <summary>The <c>data-testid</c> by which tests find the element.</summary>
    [Parameter]
    public string? TestId { get; set; }
}
