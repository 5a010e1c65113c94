using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Dojo.Pci.Portal.Components.Controls;

/// <summary>A field of a form on a page without a circuit. The browser sends it under <see cref="Name"/>; its faults stand below it.</summary>
public sealed partial class PlainField
{
    /// <summary>What is asked for.</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>The name that the form is bound by, such as <c>Input.Email</c>.</summary>
    [Parameter, EditorRequired]
    public required string Name { get; set; }

    /// <summary>What stands in it. Never the value of a password or a code.</summary>
    [Parameter]
    public string? Value { get; set; }

    /// <summary>The kind of input.</summary>
    [Parameter]
    public InputType Type { get; set; } = InputType.Text;

    /// <summary>How many lines; more than one makes a text area.</summary>
    [Parameter]
    public int Lines { get; set; } = 1;

    /// <summary>The HTML token that says what browsers may fill in.</summary>
    [Parameter]
    public string Autocomplete { get; set; } = "off";

    /// <summary>The keyboard that a phone shows.</summary>
    [Parameter]
    public InputMode Mode { get; set; } = InputMode.text;

    /// <summary>An example.</summary>
    [Parameter]
    public string? Placeholder { get; set; }

    /// <summary>The rule, before it is broken.</summary>
    [Parameter]
    public string? Hint { get; set; }

    /// <summary>The most characters that the browser lets be typed.</summary>
    [Parameter]
    public int MaxLength { get; set; } = 256;

    /// <summary>Whether the browser asks for it before it sends.</summary>
    [Parameter]
    public bool Required { get; set; }

    /// <summary>Whether it only shows.</summary>
    [Parameter]
    public bool ReadOnly { get; set; }

    /// <summary>Whether the page begins in it. The first field with a fault takes that over.</summary>
    [Parameter]
    public bool AutoFocus { get; set; }

    /// <summary>Whether it holds a code, in letters of one width.</summary>
    [Parameter]
    public bool IsCode { get; set; }

    /// <summary>Everything that is wrong with the form; shown are those of the field that <see cref="Name"/> ends with.</summary>
    [Parameter]
    public IReadOnlyList<FieldError> Faults { get; set; } = [];

    /// <summary>Which field the faults are of, where it is not the one that <see cref="Name"/> ends with.</summary>
    [Parameter]
    public string? FaultsOf { get; set; }

    private string Field => FaultsOf ?? Name[(Name.LastIndexOf('.') + 1)..];

    private string InputId => $"field-{Field}";

    private string FaultId => $"fault-{Field}";

    private string HintId => $"hint-{Field}";

    private string? Fault => Faults.Any(IsMine) ? string.Join(' ', Faults.Where(IsMine).Select(fault => fault.Message)) : null;

    // The page begins in the first field that has a fault.
    private bool BeginsHere => Faults.Count > 0 ? IsMine(Faults[0]) : AutoFocus && !ReadOnly;

    private Dictionary<string, object?> Attributes => new(StringComparer.Ordinal)
    {
        ["name"] = Name,
        ["autocomplete"] = Autocomplete,
        ["spellcheck"] = "false",
        ["data-begin"] = BeginsHere ? "" : null,
    };

    private bool IsMine(FieldError fault) => fault.Field == Field;
}
