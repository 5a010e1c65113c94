using Dojo.Pci.Portal.Components.Controls;
using Dojo.Pci.Portal.Components.Time;
using Dojo.Pci.Tokenization;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components;

/// <summary>
/// The filters above a list, with a text to search for. What is typed is searched for after a short pause; what is, or is about to become, a card
/// number never is, nor does it get into the address.
/// </summary>
/// <typeparam name="TQuery">What the filters say.</typeparam>
public abstract class SearchFilters<TQuery> : ZonedComponent, IDisposable
    where TQuery : class
{
    // From so many digits on, a number may be a card's that is not typed to its end yet.
    private const int DigitsOfConcern = 7;

    private static readonly TimeSpan s_pauseOfTyping = TimeSpan.FromMilliseconds(250);

    private readonly UrlText _text = new();
    private string _applied = "";
    private bool _awaitsEnter;
    private int _keystrokes;

    /// <summary>What they say.</summary>
    [Parameter, EditorRequired]
    public required TQuery Query { get; set; }

    /// <summary>The reader wants them to say something else.</summary>
    [Parameter]
    public EventCallback<TQuery> OnChange { get; set; }

    /// <summary>The reader wants to see everything again.</summary>
    [Parameter]
    public EventCallback OnClear { get; set; }

    /// <summary>By which the pause is measured.</summary>
    [Inject]
    public required TimeProvider Clock { get; init; }

    /// <summary>The text as it is typed.</summary>
    protected string Text => _text.Value;

    /// <summary>Why it is not searched for; null where nothing is wrong with it.</summary>
    protected string? Fault { get; private set; }

    /// <summary>What the reader is told about it.</summary>
    protected string? Hint => _awaitsEnter ? "Press Enter to search for a number this long." : null;

    /// <summary>How many characters are searched for at most.</summary>
    protected abstract int LongestText { get; }

    /// <summary>What was typed just before the page was left is searched for no more: that would lead back to it.</summary>
    public void Dispose()
    {
        _keystrokes++;
        GC.SuppressFinalize(this);
    }

    /// <summary>The text that a query searches for.</summary>
    protected abstract string TextOf(TQuery query);

    /// <summary>The query with another text.</summary>
    protected abstract TQuery QueryFor(string text);

    /// <summary>Why a text is not searched for; null where nothing is wrong with it.</summary>
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

    /// <summary>Asks for another query.</summary>
    protected Task Ask(TQuery query) => OnChange.InvokeAsync(query);

    /// <summary>Takes what was typed.</summary>
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

    /// <summary>Searches for what was typed.</summary>
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
