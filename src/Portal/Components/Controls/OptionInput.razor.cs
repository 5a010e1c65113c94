using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Controls;

/// <summary>An option of an <see cref="OptionGroup"/>. Without a circuit the form field carries the choice; with a circuit the event does.</summary>
public sealed partial class OptionInput
{
    /// <summary>The name that the form binds to; mutually exclusive options share it.</summary>
    [Parameter, EditorRequired]
    public required string Name { get; set; }

    /// <summary>The value that is sent if the option is chosen.</summary>
    [Parameter]
    public string Value { get; set; } = "true";

    /// <summary>Whether the option is chosen.</summary>
    [Parameter]
    public bool Checked { get; set; }

    /// <summary>Whether the option is disabled.</summary>
    [Parameter]
    public bool Disabled { get; set; }

    /// <summary>Whether choosing the option deselects the others of the same name.</summary>
    [Parameter]
    public bool IsExclusive { get; set; }

    /// <summary>The option's title.</summary>
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>Whether the title is a term of the API, shown as code.</summary>
    [Parameter]
    public bool IsCode { get; set; }

    /// <summary>What the option means.</summary>
    [Parameter]
    public string? Note { get; set; }

    /// <summary>Raised when the option is selected or deselected.</summary>
    [Parameter]
    public EventCallback<bool> Changed { get; set; }

    /// <summary>The <c>data-testid</c> by which tests find the element.</summary>
    [Parameter]
    public string? TestId { get; set; }
}
