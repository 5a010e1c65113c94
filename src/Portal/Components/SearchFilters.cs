using Dojo.Pci.Portal.Components.Controls;
using Dojo.Pci.Portal.Components.Time;
using Dojo.Pci.Tokenization;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components;

/// <summary>
/// The filters above a list, with a text to search for. Typed text is searched for after a short pause. A card number is never searched for or put
/// into the address; digits that may become one wait until the reader presses Enter.
/// </summary>
/// <typeparam name="TQuery">The query that the filters edit.</typeparam>
public abstract class SearchFilters<TQuery> : ZonedComponent, IDisposable
    where TQuery : class
{
    // Text with at least this many digits may be the start of a card number.
    private const int DigitsOfConcern = 7;

    private static readonly TimeSpan s_pauseOfTyping = TimeSpan.FromMilliseconds(250);

    private readonly UrlText _text = new();
    private string _applied = "";
    private bool _awaitsEnter;
    private int _keystrokes;

    /// <summary>The current query.</summary>
    [Parameter, EditorRequired]
    public required TQuery Query { get; set; }

    /// <summary>Raised when the reader changes the query.</summary>
    [Parameter]
    public EventCallback<TQuery> OnChange { get; set; }

    /// <summary>Raised when the reader clears the filters.</summary>
    [Parameter]
    public EventCallback OnClear { get; set; }

    /// <summary>The clock that measures the pause.</summary>
    [Inject]
    public required TimeProvider Clock { get; init; }

    /// <summary>The text as it is typed.</summary>
    protected string Text => _text.Value;

    /// <summary>Why the text is not searched for; null if it is valid.</summary>
    protected string? Fault { get; private set; }

    /// <summary>A hint about the text; null if there is none.</summary>
    protected string? Hint => _awaitsEnter ? "Press Enter to search for a number this long." : null;

    /// <summary>The maximum length of the search text, in characters.</summary>
    protected abstract int LongestText { get; }

    /// <summary>Drops a pending search, which would otherwise navigate back to the page after the reader has left it.</summary>
    public void Dispose()
    {
        _keystrokes++;
        GC.SuppressFinalize(this);
    }

    /// <summary>The search text of a query.</summary>
    protected abstract string TextOf(TQuery query);

    /// <summary>The current query with another search text.</summary>
    protected abstract TQuery QueryFor(string text);

    /// <summary>Returns why a text is not searched for; null if it is valid.</summary>
    protected abstract string? Validate(string? typed);

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        var before = _text.Value;
        _text.Arrived(TextOf(Query));
        if (_text.Value != before)
        {
            (_applied, Fault, _awaitsEnter) = (_text.Value, null, false);
        }
    }

    /// <summary>Raises <see cref="OnChange"/> with another query.</summary>
    protected Task Ask(TQuery query) => OnChange.InvokeAsync(query);

    /// <summary>Takes typed text, and searches for it after the pause.</summary>
    protected async Task TypeAsync(string? typed)
    {
        var keystroke = ++_keystrokes;
        _text.Typed(typed ?? "", _applied);
        Fault = Validate(typed);
        _awaitsEnter = Fault is null && MayBecomeCardNumber(typed ?? "");
        if (Fault is not null || _awaitsEnter)
        {
            return;
        }

        await Task.Delay(s_pauseOfTyping, Clock);
        if (keystroke == _keystrokes)
        {
            await ApplyText();
        }
    }

    /// <summary>Searches for the typed text now.</summary>
    protected async Task ApplyText()
    {
        _keystrokes++;
        _awaitsEnter = false;
        var text = TextElements.Cut(_text.Value.Trim(), LongestText);
        if (Fault is null && _text.Typed(_text.Value, text))
        {
            _applied = text;
            await Ask(QueryFor(text));
        }
    }

    private static bool MayBecomeCardNumber(string text) => text.Count(char.IsDigit) >= DigitsOfConcern && !text.Any(char.IsLetter);
}
