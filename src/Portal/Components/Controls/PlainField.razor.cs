using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Dojo.Pci.Portal.Components.Controls;

/// <summary>A field of a form on a page without a circuit. The browser sends it under <see cref="Name"/>; its faults are shown below it.</summary>
public sealed partial class PlainField
{
    /// <summary>The field's label.</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>The name that the form binds to, such as <c>Input.Email</c>.</summary>
    [Parameter, EditorRequired]
    public required string Name { get; set; }

    /// <summary>The field's value. Never that of a password or a code.</summary>
    [Parameter]
    public string? Value { get; set; }

    /// <summary>The kind of input.</summary>
    [Parameter]
    public InputType Type { get; set; } = InputType.Text;

    /// <summary>The number of lines; more than one makes a text area.</summary>
    [Parameter]
    public int Lines { get; set; } = 1;

    /// <summary>The HTML <c>autocomplete</c> token, which says what browsers may fill in.</summary>
    [Parameter]
    public string Autocomplete { get; set; } = "off";

    /// <summary>The keyboard that a phone shows.</summary>
    [Parameter]
    public InputMode Mode { get; set; } = InputMode.text;

    /// <summary>An example value.</summary>
    [Parameter]
    public string? Placeholder { get; set; }

    /// <summary>The rule for the value, shown before it is broken.</summary>
    [Parameter]
    public string? Hint { get; set; }

    /// <summary>The maximum number of characters that the browser accepts.</summary>
    [Parameter]
    public int MaxLength { get; set; } = 256;

    /// <summary>Whether the browser requires a value before it submits the form.</summary>
    [Parameter]
    public bool Required { get; set; }

    /// <summary>Whether the field is read-only.</summary>
    [Parameter]
    public bool ReadOnly { get; set; }

    /// <summary>Whether the field has the initial focus. The first field with a fault takes precedence.</summary>
    [Parameter]
    public bool AutoFocus { get; set; }

    /// <summary>Whether the field holds a code, shown in a monospaced font.</summary>
    [Parameter]
    public bool IsCode { get; set; }

    /// <summary>All faults of the form; those of the field that <see cref="Name"/> ends with are shown.</summary>
    [Parameter]
    public IReadOnlyList<FieldError> Faults { get; set; } = [];

    /// <summary>The field whose faults are shown, if it is not the one that <see cref="Name"/> ends with.</summary>
    [Parameter]
    public string? FaultsOf { get; set; }

    private string Field => FaultsOf ?? Name[(Name.LastIndexOf('.') + 1)..];

    private string InputId => $"field-{Field}";

    private string FaultId => $"fault-{Field}";

    private string HintId => $"hint-{Field}";

    private string? Fault => Faults.Any(IsMine) ? string.Join(' ', Faults.Where(IsMine).Select(fault => fault.Message)) : null;

    // The first field with a fault gets the initial focus.
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
