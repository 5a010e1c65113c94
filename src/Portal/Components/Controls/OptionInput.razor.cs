using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Controls;

/// <summary>An option of an <see cref="OptionGroup"/>. On a page without a circuit its name carries the choice; on one with it, the event does.</summary>
public sealed partial class OptionInput
{
    /// <summary>The name that the form is bound by; options that exclude each other share it.</summary>
    [Parameter, EditorRequired]
    public required string Name { get; set; }

    /// <summary>What is sent when it is chosen.</summary>
    [Parameter]
    public string Value { get; set; } = "true";

    /// <summary>Whether it is chosen.</summary>
    [Parameter]
    public bool Checked { get; set; }

    /// <summary>Whether it cannot be chosen.</summary>
    [Parameter]
    public bool Disabled { get; set; }

    /// <summary>Whether choosing it takes the choice from the others.</summary>
    [Parameter]
    public bool IsExclusive { get; set; }

    /// <summary>What it is called.</summary>
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>Whether the title is a word of the API.</summary>
    [Parameter]
    public bool IsCode { get; set; }

    /// <summary>What it means.</summary>
    [Parameter]
    public string? Note { get; set; }

    /// <summary>It was chosen, or not any more.</summary>
    [Parameter]
    public EventCallback<bool> Changed { get; set; }

    /// <summary>By which tests find it.</summary>
    [Parameter]
    public string? TestId { get; set; }
}
