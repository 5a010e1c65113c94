using System.Globalization;
using System.Net;
using Dojo.Pci.Portal.Components.Controls;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.RequestExplorer;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Logs;

/// <summary>
/// The filters above the list of requests. What is typed is searched for after a short pause; what is, or is about to become, a card
/// number never is, nor does it get into the address.
/// </summary>
public sealed partial class LogFilters : IDisposable
{
    private const string CustomRange = "custom";

    // From so many digits on, a number may be a card's that is not typed to its end yet.
    private const int DigitsOfConcern = 7;

    private static readonly TimeSpan s_pauseOfTyping = TimeSpan.FromMilliseconds(250);

    private readonly UrlText _text = new();
    private string _applied = "";
    private string? _fault;
    private string? _addressFault;
    private string? _slowerFault;
    private bool _awaitsEnter;
    private bool _asksForRange;
    private bool _showsMore;
    private bool _isOpened;
    private int _keystrokes;

    /// <summary>What they say.</summary>
    [Parameter, EditorRequired]
    public required LogQuery Query { get; set; }

    /// <summary>What there is to choose from; null while it is not known.</summary>
    [Parameter, EditorRequired]
    public required RequestChoices? Choices { get; set; }

    /// <summary>The reader wants them to say something else.</summary>
    [Parameter]
    public EventCallback<LogQuery> OnChange { get; set; }

    /// <summary>The reader wants to see everything again.</summary>
    [Parameter]
    public EventCallback OnClear { get; set; }

    /// <summary>By which the pause is measured.</summary>
    [Inject]
    public required TimeProvider Clock { get; init; }

    private string? Hint => _awaitsEnter ? "Press Enter to search for a number this long." : null;

    private string RangeName => Query.IsCustomRange || _asksForRange ? CustomRange : Query.Range.Name;

    private IEnumerable<int> Statuses => [2, 4, 5, .. Choices?.Statuses ?? []];

    private bool UsesMore => Query is { Method: not null } or { Route: not null } or { Key: not null } or { Refusal: not null } or { Version: not null } or { Address: not null } or { Slower: not null };

    // What is filtered by, each with the query without it.
    private IEnumerable<(string Name, LogQuery Without)> Set
    {
        get
        {
            (string? Name, LogQuery Without)[] all =
            [
                (Query.Text.Length > 0 ? $"“{Query.Text}”" : null, Query with { Text = "" }),
                (Query.Status is { } status ? $"Status {LogQuery.StatusWord(status)}" : null, Query with { Status = null }),
                (Query.Method, Query with { Method = null }),
                (Query.Route, Query with { Route = null }),
                (Query.Key is not null ? KeyText(Query.Key) : null, Query with { Key = null }),
                (Query.Refusal is { } refusal ? $"Refused: {refusal}" : null, Query with { Refusal = null }),
                (Query.Version is { } version ? $"Version {version}" : null, Query with { Version = null }),
                (Query.Address is { } address ? $"From {address}" : null, Query with { Address = null }),
                (Query.Slower is { } slower ? $"At least {slower} ms" : null, Query with { Slower = null }),
                (Query.IsCustomRange ? $"{Written(Query.From, "…")} – {Written(Query.To, "now")}" : null, Query with { From = null, To = null }),
            ];
            return all.Where(chip => chip.Name is not null).Select(chip => (chip.Name!, chip.Without));
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

        _asksForRange &= !Query.IsCustomRange;
        if (!_isOpened)
        {
            (_isOpened, _showsMore) = (true, UsesMore);
        }
    }

    private string Written(DateTimeOffset? at, string none) => at is { } known ? Zone.Write(known) : none;

    private string KeyText(long? key) => key is null ? "Any"
        : Choices?.Keys.FirstOrDefault(known => known.Id.Value == key) is { } found ? LogWords.Key(found) : $"Key {key}";

    private static string RangeLabel(string? name) => name is null or CustomRange ? "Custom" : LogRange.Named(name)!.Label;

    private static bool MayBecomeCardNumber(string text) => text.Count(char.IsDigit) >= DigitsOfConcern && !text.Any(char.IsLetter);

    private Task Ask(LogQuery query) => OnChange.InvokeAsync(query);

    private Task ChooseRangeAsync(string? name)
    {
        _asksForRange = name == CustomRange;
        return name is not null && LogRange.Named(name) is { } range ? Ask(Query with { Range = range, From = null, To = null }) : Task.CompletedTask;
    }

    private Task ChooseEnd(string? text, bool isFrom) => Zone.TryReadInput(text, out var at)
        ? Ask(isFrom ? Query with { From = at } : Query with { To = at })
        : Task.CompletedTask;

    private Task ChooseAddress(string? text)
    {
        var address = (text ?? "").Trim();
        _addressFault = address.Length == 0 || IPAddress.TryParse(address, out _) ? null : "Enter an IP address.";
        return _addressFault is null ? Ask(Query with { Address = address.Length == 0 ? null : IPAddress.Parse(address).ToString() }) : Task.CompletedTask;
    }

    private Task ChooseSlower(string? text)
    {
        var typed = (text ?? "").Trim();
        var isNumber = int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds is > 0 and <= LogQuery.LongestMilliseconds;
        _slowerFault = typed.Length == 0 || isNumber ? null : "Enter whole milliseconds.";
        return _slowerFault is null ? Ask(Query with { Slower = isNumber ? milliseconds : null }) : Task.CompletedTask;
    }

    private async Task TypeAsync(string? typed)
    {
        var keystroke = ++_keystrokes;
        _text.Typed(typed ?? "", _applied);
        _fault = RequestSearch.ValidateText(typed?.Trim())?.Message;
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
        var text = TextElements.Cut(_text.Value.Trim(), RequestSearch.LongestText);
        if (_fault is null && _text.Typed(_text.Value, text))
        {
            _applied = text;
            await Ask(Query with { Text = text });
        }
    }
}
