using System.Globalization;
using Dojo.Pci.Portal.Components.Controls;
using Dojo.Pci.Portal.Presentation;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Tokens;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Dojo.Pci.Portal.Components.Pages.Tokens;

/// <summary>
/// The filters above a list of tokens. What is typed is searched for after a short pause; what is, or is about to become, a card
/// number never is, nor does it get into the address.
/// </summary>
public sealed partial class TokenFilters : IDisposable
{
    // From so many digits on, a number may be a card's that is not typed to its end yet.
    private const int DigitsOfConcern = 7;

    private static readonly TimeSpan s_pauseOfTyping = TimeSpan.FromMilliseconds(250);

    private static readonly (TokenSort Sort, string Name)[] s_sorts =
    [
        (TokenSort.Newest, "Newest first"), (TokenSort.Oldest, "Oldest first"), (TokenSort.Reference, "Reference A–Z"), (TokenSort.ReferenceDescending, "Reference Z–A"),
    ];

    private static readonly (string Name, int Back)[] s_presets = [("Today", 0), ("7 days", 6), ("30 days", 29)];

    private readonly UrlText _text = new();
    private MudDateRangePicker _days = null!;
    private string _applied = "";
    private string _lastFour = "";
    private string? _fault;
    private string? _lastFourFault;
    private bool _awaitsEnter;
    private int _keystrokes;

    /// <summary>What they say.</summary>
    [Parameter, EditorRequired]
    public required TokenQuery Query { get; set; }

    /// <summary>The reader wants them to say something else.</summary>
    [Parameter]
    public EventCallback<TokenQuery> OnChange { get; set; }

    /// <summary>The reader wants to see everything again.</summary>
    [Parameter]
    public EventCallback OnClear { get; set; }

    /// <summary>By which the pause is measured.</summary>
    [Inject]
    public required TimeProvider Clock { get; init; }

    private string? Hint => _awaitsEnter ? "Press Enter to search for a number this long." : null;

    private DateRange Days => new(Query.From?.ToDateTime(TimeOnly.MinValue), Query.To?.ToDateTime(TimeOnly.MinValue));

    // What is filtered by, each with the query without it.
    private IEnumerable<(string Name, TokenQuery Without)> Set
    {
        get
        {
            if (Query.Text.Length > 0)
            {
                yield return ($"{(Query.FromStart ? "Starts with" : "Contains")} “{Query.Text}”", Query with { Text = "" });
            }

            if (Query.LastFour.Length > 0)
            {
                yield return ($"Card ending {Query.LastFour}", Query with { LastFour = "" });
            }

            foreach (var status in Query.Statuses)
            {
                yield return (StatusText(status), Query with { Statuses = Query.Statuses.Without(status) });
            }

            foreach (var scheme in Query.Schemes)
            {
                yield return (CardSchemeSpelling.ForPeople(scheme), Query with { Schemes = Query.Schemes.Without(scheme) });
            }

            if (Query.From is not null || Query.To is not null)
            {
                yield return ($"{Day(Query.From, "…")} – {Day(Query.To, "…")}", Query with { From = null, To = null });
            }
        }
    }

    /// <summary>What was typed just before the page was left is searched for no more: that would lead back to it.</summary>
    public void Dispose() => _keystrokes++;

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        var before = _text.Value;
        _text.Arrived(Query.Text);
        if (_text.Value != before)
        {
            (_applied, _fault, _awaitsEnter) = (_text.Value, null, false);
        }

        if (Query.LastFour.Length > 0 || _lastFourFault is null)
        {
            _lastFour = Query.LastFour;
        }
    }

    private static string Day(DateOnly? day, string none) => day?.ToString("d MMM yyyy", CultureInfo.InvariantCulture) ?? none;

    private static string StatusText(SetupIntentStatus status) => status == SetupIntentStatus.CardExpired ? "Card expired" : status.ToString();

    private static bool MayBecomeCardNumber(string text) =>
        text.Count(char.IsDigit) >= DigitsOfConcern && !text.Any(char.IsLetter);

    private Task ChooseDays(DateRange? days) => Ask(Query with { From = DayOf(days?.Start), To = DayOf(days?.End) });

    private async Task ChoosePreset(int back)
    {
        var today = Zone.DayOf(Clock.GetUtcNow());
        await _days.CloseAsync(submit: false);
        await Ask(Query with { From = today.AddDays(-back), To = today });
    }

    private static DateOnly? DayOf(DateTime? day) => day is { } known ? DateOnly.FromDateTime(known) : null;

    private Task Ask(TokenQuery query) => OnChange.InvokeAsync(query);

    private async Task TypeAsync(string? typed)
    {
        var keystroke = ++_keystrokes;
        _text.Typed(typed ?? "", _applied);
        _fault = TokenSearchRules.ValidateText(typed)?.Message;
        _awaitsEnter = _fault is null && MayBecomeCardNumber(typed ?? "");
        if (_fault is not null || _awaitsEnter)
        {
            return;
        }

        await Task.Delay(s_pauseOfTyping, Clock);
        if (keystroke == _keystrokes)
        {
            await ApplyText();
        }
    }

    private async Task ApplyText()
    {
        _keystrokes++;
        _awaitsEnter = false;
        var text = _text.Value.Trim();
        text = TextElements.Cut(text, TokenSearch.LongestText);
        if (_fault is null && _text.Typed(_text.Value, text))
        {
            _applied = text;
            await Ask(Query with { Text = text });
        }
    }

    private async Task TypeLastFour(string? typed)
    {
        _lastFour = (typed ?? "").Trim();
        _lastFourFault = _lastFour.Length == 0 ? null : TokenSearchRules.ValidateLastFour(_lastFour)?.Message;
        if (_lastFourFault is null && _lastFour != Query.LastFour)
        {
            await Ask(Query with { LastFour = _lastFour });
        }
    }
}
