using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Dojo.Pci.Portal.Components.Ui;

/// <summary>The same thing said in several languages, one at a time, ready to be copied.</summary>
public sealed partial class CodeSample
{
    private readonly string _id = $"code-{Guid.NewGuid():N}";
    private ElementReference[] _tabs = [];
    private int _selected;

    /// <summary>What the code does.</summary>
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>One snippet for each language; at least one.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<Snippet> Snippets { get; set; }

    private Snippet Current => Snippets[_selected];

    private string PanelId => $"{_id}-panel";

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        if (_tabs.Length != Snippets.Count)
        {
            _tabs = new ElementReference[Snippets.Count];
            _selected = 0;
        }
    }

    private string TabId(int index) => $"{_id}-tab-{index}";

    private void Select(int index) => _selected = index;

    // The keys of the ARIA tabs pattern: one stop for Tab, arrows within.
    private async Task MoveAsync(KeyboardEventArgs pressed)
    {
        var last = Snippets.Count - 1;
        int? target = pressed.Key switch
        {
            "ArrowRight" => _selected == last ? 0 : _selected + 1,
            "ArrowLeft" => _selected == 0 ? last : _selected - 1,
            "Home" => 0,
            "End" => last,
            _ => null,
        };
        if (target is { } index)
        {
            Select(index);
            await _tabs[index].FocusAsync();
        }
    }
}

/// <summary>A piece of code in one language.</summary>
/// <param name="Language">What the tab says.</param>
/// <param name="Code">The code, as it is copied.</param>
public sealed record Snippet(string Language, string Code);
