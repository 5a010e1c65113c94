using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Controls;

/// <summary>What is wrong with one field of a form, below it. Its id is <c>fault-</c> and the field's name.</summary>
public sealed partial class FieldFaults
{
    /// <summary>Everything that is wrong with the form.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<FieldError> Faults { get; set; }

    /// <summary>Which field's.</summary>
    [Parameter, EditorRequired]
    public required string Field { get; set; }
}
