namespace Dojo.Pci.Portal.Components.Layout;

/// <summary>Lists the keyboard shortcuts of <c>js/keyboard.js</c>. "?" opens the list.</summary>
public sealed partial class KeyboardHelp
{
    private static readonly (string[] Keys, string What)[] s_keys =
    [
        (["Ctrl K", "⌘ K"], "Go to a page, token, key or request, or start an action"),
        (["/"], "Search the list"),
        (["j", "k"], "In a list: the next row, the previous row"),
        (["↓", "↑"], "The same, once a row has focus"),
        (["Enter"], "Open the row that has focus"),
        (["j", "→"], "On a request: the next older one"),
        (["k", "←"], "On a request: the next newer one"),
        (["Esc"], "Close the open dialog or menu"),
        (["?"], "Show this list"),
    ];

    private bool _isOpen;
}
