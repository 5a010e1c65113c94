using Dojo.Pci.Tokenization;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Controls;

/// <summary>A filter by some of the values of an enumeration; none chosen is any.</summary>
/// <typeparam name="T">The enumeration.</typeparam>
public sealed partial class ChoiceFilter<T>
    where T : struct, Enum
{
    /// <summary>What is filtered by.</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>What is chosen.</summary>
    [Parameter, EditorRequired]
    public EnumSet<T> Value { get; set; }

    /// <summary>The reader chooses something else.</summary>
    [Parameter]
    public EventCallback<EnumSet<T>> ValueChanged { get; set; }

    /// <summary>The name of a value.</summary>
    [Parameter, EditorRequired]
    public required Func<T, string> Text { get; set; }

    /// <summary>By which tests find it.</summary>
    [Parameter]
    public string? TestId { get; set; }

    // Longer than one name is longer than the field: the chips below name them all.
    private string Summary(IReadOnlyList<string?>? chosen) => Value.Count switch
    {
        0 => "Any",
        1 => Text(Value.Single()),
        var several => $"{several} chosen",
    };

    private Task ChooseAsync(IEnumerable<T>? chosen) => ValueChanged.InvokeAsync(EnumSet.Create<T>([.. chosen ?? []]));
}
