using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Controls;

/// <summary>The same call in several languages, one at a time, ready to be copied.</summary>
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
/// <param name="Language">What the tab says.</param>
/// <param name="Code">The code, as it is copied.</param>
public sealed record Snippet(string Language, string Code);
