using Dojo.Pci.Tokenization.SetupIntents;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Controls;

/// <summary>Shows only the scheme and the masked number of a card, in the one format (DESIGN D12).</summary>
public sealed partial class MaskedCard
{
    /// <summary>The card.</summary>
    [Parameter, EditorRequired]
    public required ShownCard Card { get; set; }

    /// <summary>The <c>data-testid</c> by which tests find the number.</summary>
    [Parameter]
    public string? TestId { get; set; }
}
