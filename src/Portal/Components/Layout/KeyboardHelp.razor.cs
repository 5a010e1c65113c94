namespace Dojo.Pci.Portal.Components.Layout;

/// <summary>Lists the keyboard shortcuts of <c>js/keyboard.js</c>. "?" opens the list.</summary>
public sealed partial class KeyboardHelp
{
    private static readonly (string[] Keys, string What)[] s_keys =
    [
        (["Ctrl K", "⌘ K"], "Go to a page, a token, a key or a request, or do something"),
        (["/"], "Search the list"),
        (["j", "k"], "In a list: the next row, the one before"),
        (["↓", "↑"], "The same, once a row has the focus"),
        (["Enter"], "Open the row that has the focus"),
        (["j", "→"], "On a request: the older one"),
        (["k", "←"], "On a request: the newer one"),
        (["Esc"], "Close what is open over the page"),
        (["?"], "This list"),
    ];

    private bool _isOpen;
}
