using Dojo.Pci.Tokenization.SetupIntents;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Controls;

/// <summary>A card, as far as it may be shown: its scheme and its masked number in the one format (DESIGN D12).</summary>
public sealed partial class MaskedCard
{
    /// <summary>The card.</summary>
    [Parameter, EditorRequired]
    public required ShownCard Card { get; set; }

    /// <summary>By which tests find the number.</summary>
    [Parameter]
    public string? TestId { get; set; }
}
