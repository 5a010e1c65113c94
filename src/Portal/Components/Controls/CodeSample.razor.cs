using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Controls;

/// <summary>Shows the same code in several languages, one at a time, ready to copy.</summary>
public sealed partial class CodeSample
{
    private int _selected;

    /// <summary>What the code does.</summary>
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>One snippet for each language; at least one.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<Snippet> Snippets { get; set; }

    private Snippet Current => Snippets[Math.Min(_selected, Snippets.Count - 1)];
}

/// <summary>A piece of code in one language.</summary>
/// <param name="Language">The language, as the tab shows it.</param>
/// <param name="Code">The code to show and copy.</param>
public sealed record Snippet(string Language, string Code);
