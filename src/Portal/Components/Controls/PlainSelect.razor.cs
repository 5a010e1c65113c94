using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Controls;

/// <summary>One of a few, on a page without a circuit.</summary>
public sealed partial class PlainSelect
{
    /// <summary>What is asked for.</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>The name that the form is bound by.</summary>
    [Parameter, EditorRequired]
    public required string Name { get; set; }

    /// <summary>What is chosen; nothing is the option with the empty value.</summary>
    [Parameter]
    public string? Value { get; set; }

    /// <summary>The values and their words.</summary>
    [Parameter, EditorRequired]
    public required IEnumerable<(string Value, string Text)> Options { get; set; }

    /// <summary>By which tests find it.</summary>
    [Parameter]
    public string? TestId { get; set; }
}
