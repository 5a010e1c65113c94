using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.ApiKeys;

/// <summary>When a key to be made is to expire.</summary>
public sealed partial class ExpiryChoice
{
    /// <summary>The form that it is part of.</summary>
    [Parameter, EditorRequired]
    public required KeyForm Form { get; set; }

    /// <summary>Everything that is wrong with the form.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<FieldError> Faults { get; set; }

    /// <summary>What expires.</summary>
    [Parameter]
    public string Label { get; set; } = "Expires";
}
