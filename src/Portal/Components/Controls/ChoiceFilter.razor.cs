using Dojo.Pci.Tokenization;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Controls;

/// <summary>A filter by some of the values of an enumeration; no choice means any value.</summary>
/// <typeparam name="T">The enumeration.</typeparam>
public sealed partial class ChoiceFilter<T>
    where T : struct, Enum
{
    /// <summary>The label of the filter.</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>The chosen values.</summary>
    [Parameter, EditorRequired]
    public EnumSet<T> Value { get; set; }

    /// <summary>Raised when the choice changes.</summary>
    [Parameter]
    public EventCallback<EnumSet<T>> ValueChanged { get; set; }

    /// <summary>Returns the display name of a value.</summary>
    [Parameter, EditorRequired]
    public required Func<T, string> Text { get; set; }

    /// <summary>The <c>data-testid</c> by which tests find the element.</summary>
    [Parameter]
    public string? TestId { get; set; }

    // More than one name does not fit into the field; the chips below name them all.
    private string Summary(IReadOnlyList<string?>? chosen) => Value.Count switch
    {
        0 => "Any",
        1 => Text(Value.Single()),
        var several => $"{several} selected",
    };

    private Task ChooseAsync(IEnumerable<T>? chosen) => ValueChanged.InvokeAsync(EnumSet.Create<T>([.. chosen ?? []]));
}
