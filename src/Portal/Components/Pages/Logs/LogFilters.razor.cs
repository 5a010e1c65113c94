using System.Globalization;
using System.Net;
using Dojo.Pci.Tokenization.RequestExplorer;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Logs;

/// <summary>The filters above the list of requests.</summary>
public sealed partial class LogFilters
{
    private const string CustomRange = "custom";

    private string? _addressFault;
    private string? _slowerFault;
    private bool _asksForRange;
    private bool _showsMore;
    private bool _isOpened;

    /// <summary>The choices; null until they are loaded.</summary>
    [Parameter, EditorRequired]
    public required RequestChoices? Choices { get; set; }

    private string RangeName => Query.IsCustomRange || _asksForRange ? CustomRange : Query.Range.Name;

    private IEnumerable<int> Statuses => [2, 4, 5, .. Choices?.Statuses ?? []];

    private bool UsesMore => Query is { Method: not null } or { Route: not null } or { Key: not null } or { Refusal: not null } or { Version: not null } or { Address: not null } or { Slower: not null };

    // The active filters, each with the query that results from removing it.
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

    /// <inheritdoc />
    protected override int LongestText => RequestSearch.LongestText;

    /// <inheritdoc />
    protected override string TextOf(LogQuery query) => query.Text;

    /// <inheritdoc />
    protected override LogQuery QueryFor(string text) => Query with { Text = text };

    /// <inheritdoc />
    protected override string? Validate(string? typed) => RequestSearch.ValidateText(typed?.Trim())?.Message;

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        base.OnParametersSet();
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
        _slowerFault = typed.Length == 0 || isNumber ? null : "Enter a whole number of milliseconds.";
        return _slowerFault is null ? Ask(Query with { Slower = isNumber ? milliseconds : null }) : Task.CompletedTask;
    }
}
