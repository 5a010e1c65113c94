using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Docs;

/// <summary>A piece of code, ready to copy.</summary>
public sealed partial class DocsCode
{
    /// <summary>The language of the code.</summary>
    [Parameter, EditorRequired]
    public required string Language { get; set; }

    /// <summary>The code.</summary>
    [Parameter, EditorRequired]
    public required string Text { get; set; }

    /// <summary>What the code is, in words that follow "Copy" and "Copied".</summary>
    [Parameter]
    public string Name { get; set; } = "example";

    /// <summary>What readers should know before they use the code.</summary>
    [Parameter]
    public string? Note { get; set; }

    /// <summary>The <c>data-testid</c> by which tests find the element.</summary>
    [Parameter]
    public string? TestId { get; set; }
}
