using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Controls;

/// <summary>Shows the faults of one form field below it. The element's id is <c>fault-</c> and the field's name.</summary>
public sealed partial class FieldFaults
{
    /// <summary>All faults of the form.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<FieldError> Faults { get; set; }

    /// <summary>The name of the field.</summary>
    [Parameter, EditorRequired]
    public required string Field { get; set; }
}
