using Dojo.Pci.Tokenization.Tokens;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Tokens;

/// <summary>The facts of a token.</summary>
public sealed partial class TokenSummary
{
    private const int ShownAtFirst = 8;
    private bool _showsAll;

    /// <summary>The token.</summary>
    [Parameter, EditorRequired]
    public required TokenDetail Detail { get; set; }
}
