using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Docs;

/// <summary>A piece of code, ready to be copied.</summary>
public sealed partial class DocsCode
{
    /// <summary>What it is written in.</summary>
    [Parameter, EditorRequired]
    public required string Language { get; set; }

    /// <summary>The code.</summary>
    [Parameter, EditorRequired]
    public required string Text { get; set; }

    /// <summary>What it is, in words that follow "Copy" and "Copied".</summary>
    [Parameter]
    public string Name { get; set; } = "example";

    /// <summary>What one should know before using it.</summary>
    [Parameter]
    public string? Note { get; set; }

    /// <summary>How tests find it.</summary>
    [Parameter]
    public string? TestId { get; set; }
}
