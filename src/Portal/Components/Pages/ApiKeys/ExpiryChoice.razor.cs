using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.ApiKeys;

/// <summary>Chooses when a new key expires.</summary>
public sealed partial class ExpiryChoice
{
    /// <summary>The form that the choice is part of.</summary>
    [Parameter, EditorRequired]
    public required KeyForm Form { get; set; }

    /// <summary>All faults of the form.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<FieldError> Faults { get; set; }

    /// <summary>The label of the choice.</summary>
    [Parameter]
    public string Label { get; set; } = "Expires";
}
