using System.Globalization;
using Dojo.Pci.Portal.Components.Controls;
using Dojo.Pci.Portal.Components.Time;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Metrics;
using Dojo.Pci.Tokenization.Notices;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Tokens;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace Dojo.Pci.Portal.Components.Pages.Home;

/// <summary>The recent activity of a tenant, kept up to date, and for a new member what to do next.</summary>
public sealed partial class HomePage : IDisposable
{
    internal static readonly TimeSpan RefreshEvery = TimeSpan.FromSeconds(5);

    // Daily figures change little, so they are refreshed less often.
    private const int TicksOfDays = 6;

    private static readonly ApiMetrics s_nothing = new([], null, null);

    private MetricRange _range = MetricRange.Default;
    private TokenMetrics? _tokens;
    private ApiMetrics? _api;
    private ApiMetrics _apiBefore = s_nothing;
    private ApiMetrics _chart = s_nothing;
    private ApiMetrics _chartBefore = s_nothing;
    private FirstSteps? _steps;
    private IReadOnlyList<ExpiringKey>? _keys;
    private IReadOnlyList<MemberNotice> _notices = [];
    private Tenant? _shown;
    private bool _maySeeKeys;
    private string? _trouble;
    private PeriodicTimer? _timer;

    /// <summary>Reads the figures of tokens.</summary>
    [Inject]
    public required ITokenMetrics TokenMetrics { get; init; }

    /// <summary>Reads the figures of the API.</summary>
    [Inject]
    public required IApiMetrics Api { get; init; }

    /// <summary>Lists the notices for members.</summary>
    [Inject]
    public required IMemberNotices Notices { get; init; }

    /// <summary>Stores that the first steps were dismissed.</summary>
    [Inject]
    public required IMemberPreferences Preferences { get; init; }

    /// <summary>The clock, which also times the refreshes.</summary>
    [Inject]
    public required TimeProvider Time { get; init; }

    private string Step => _range.IsInDays ? "day" : "hour";

    private (TokenCount Now, TokenCount Before)? Tokens => _tokens is null ? null
        : _range.IsInDays ? (_tokens.LastDays(_range.Count), TokenCount.Sum([.. _tokens.Days.SkipLast(_range.Count).TakeLast(_range.Count)]))
        : (_tokens.Last(_range.Count), TokenCount.Sum([.. _tokens.Hours.SkipLast(_range.Count).TakeLast(_range.Count)]));

    private long TokensBeforeChart => TokenSteps.SkipLast(_range.Bars).TakeLast(_range.Bars).Sum(step => step.Total);

    private IReadOnlyList<TokenCount> TokenSteps => _range.IsInDays ? _tokens!.Days : _tokens!.Hours;

    private List<Bar> TokenBars => [.. TokenSteps.TakeLast(_range.Bars).Select(step => new Bar(LabelOf(step.From), step.Total, BadOf(step)))];

    private List<Bar> RequestBars =>
    [
        .. _chart.Hours.GroupBy(hour => _range.IsInDays ? Zone.StartOf(Zone.DayOf(hour.From)) : hour.From)
            .Select(step => new Bar(LabelOf(step.Key), step.Sum(hour => hour.Requests), step.Sum(hour => hour.Refused + hour.Failed))),
    ];

    private string? TokenNote => Tokens is { } tokens ? OutcomeWords.PartsOf(tokens.Now) : null;

    private string? RequestNote => _api is null ? null : $"{_api.Hours[^1].Requests:N0} this hour";

    private string? ErrorRate => _api is null ? null : RateOf(_api);

    private string? ErrorNote => _api is null ? null : $"{_api.Refused:N0} refused (4xx) · {_api.Failed:N0} failed (5xx)";

    private string? Latency => _api is null ? null : LatencyOf(_api);

    private string? LatencyNote => _api is null ? null : "±5%";

    /// <inheritdoc />
    public void Dispose() => _timer?.Dispose();

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        var range = MetricRange.Named(QueryHelpers.ParseQuery(new Uri(Navigation.Uri).Query).TryGetValue(MetricRange.Parameter, out var name) ? name.ToString() : null);
        if (_shown != Selected.Tenant)
        {
            (_shown, _steps, _keys, _notices) = (Selected.Tenant, null, null, []);
        }
        else if (_range == range)
        {
            return;
        }

        (_range, _tokens, _api) = (range, null, null);
        await LoadAsync();
    }

    /// <inheritdoc />
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _timer = new PeriodicTimer(RefreshEvery, Time);
            _ = RefreshAsync(_timer);
        }
    }

    private static long BadOf(TokenCount count) => count.Of(TokenOutcome.Declined) + count.Of(TokenOutcome.CardExpired);

    private static string RateOf(ApiMetrics api) => api.Requests == 0 ? "—" : ((double)(api.Refused + api.Failed) / api.Requests).ToString("0.0%", CultureInfo.InvariantCulture);

    private static string LatencyOf(ApiMetrics api) =>
        api is { Median: { } median, Slowest: { } slowest } ? $"{Milliseconds(median)} / {Milliseconds(slowest)} ms" : "—";

    private static string? Count(long? count) => count?.ToString("N0", CultureInfo.InvariantCulture);

    private static string Milliseconds(TimeSpan took) =>
        took.TotalMilliseconds.ToString(took < TimeSpan.FromMilliseconds(10) ? "0.0" : "0", CultureInfo.InvariantCulture);

    private string BeforeOf(Func<ApiMetrics, string> figure) => $"{(_apiBefore.Requests == 0 ? "No requests" : figure(_apiBefore))} {_range.Before}";

    private string LabelOf(DateTimeOffset from) => _range.IsInDays ? ZonedTime.WriteShortDay(Zone.DayOf(from)) : Zone.WriteTime(from);

    private string AddressOf(MetricRange range) => PortalUrls.In(Selected, PortalUrls.Home, (MetricRange.Parameter, range == MetricRange.Default ? null : range.Name));

    private string LeftOf(ExpiringKey key) => (key.ExpiresAt - Time.GetUtcNow()).Days switch
    {
        0 => "Today",
        1 => "1 day",
        var days => $"{days} days",
    };

    private async Task DismissStepsAsync()
    {
        if (await AskAsync(async who => (Result<MemberPreferences>)await Preferences.DismissFirstStepsAsync(who)) is not null)
        {
            _steps = _steps! with { AreDismissed = true };
        }
    }

    private async Task RefreshAsync(PeriodicTimer timer)
    {
        for (var tick = 1; await timer.WaitForNextTickAsync(); tick++)
        {
            if (!_range.IsInDays || tick % TicksOfDays == 0)
            {
                await InvokeAsync(LoadAsync);
                await InvokeAsync(StateHasChanged);
            }
        }
    }

    // Reads one after another, so that a refresh leaves the processor to tokenization.
    private async Task LoadAsync()
    {
        var (selected, range) = (Selected.Tenant, _range);
        var tokens = await AskAsync(who => TokenMetrics.GetAsync(who, selected, Zone.Zone, CancellationToken.None));
        var (hours, hoursBefore) = HoursOf(range, range.Count);
        var api = await AskAsync(who => Api.ReadAsync(who, selected, hours, CancellationToken.None));
        var before = await AskAsync(who => Api.ReadAsync(who, selected, hoursBefore, CancellationToken.None, ago: hours));
        var (chart, chartBefore) = (api, before);
        if (range.Bars != range.Count)
        {
            (hours, hoursBefore) = HoursOf(range, range.Bars);
            chart = await AskAsync(who => Api.ReadAsync(who, selected, hours, CancellationToken.None));
            chartBefore = await AskAsync(who => Api.ReadAsync(who, selected, hoursBefore, CancellationToken.None, ago: hours));
        }

        var steps = _steps is { AreShown: false } ? _steps : (await AskAsync(who => Api.ReadFirstStepsAsync(who, selected, CancellationToken.None)))?.Value;
        var keys = await AskAsync(who =>
        {
            _maySeeKeys = RoleTable.Allows(who.Role, Operation.ViewApiKeys);
            return _maySeeKeys ? Api.ListExpiringKeysAsync(who, selected, CancellationToken.None) : Task.FromResult<Result<ExpiringKeys>>(new ExpiringKeys([]));
        });
        var notices = (await AskAsync(who => Notices.ListAsync(who, selected, CancellationToken.None)))?.Value?.Items;
        if (selected == _shown && range == _range)
        {
            _notices = notices ?? _notices;
            (_tokens, _api, _steps, _keys) = (tokens?.Value ?? _tokens, api?.Value ?? _api, steps ?? _steps, keys?.Value?.Keys ?? _keys);
            (_apiBefore, _chart, _chartBefore) = (before?.Value ?? _apiBefore, chart?.Value ?? _chart, chartBefore?.Value ?? _chartBefore);
            _trouble = (tokens?.Refusal ?? api?.Refusal)?.Message;
        }
    }

    // Returns the number of hours in the given number of steps up to now, and in the same number of steps before them. An hour belongs to the day in
    // which it begins.
    private (int Hours, int Before) HoursOf(MetricRange range, int count)
    {
        if (!range.IsInDays)
        {
            return (count, count);
        }

        var now = Time.GetUtcNow();
        var first = Zone.DayOf(now).AddDays(1 - count);
        var (start, startBefore) = (FirstHourFrom(Zone.StartOf(first)), FirstHourFrom(Zone.StartOf(first.AddDays(-count))));
        return ((int)Math.Floor((now - start).TotalHours) + 1, (int)(start - startBefore).TotalHours);

        static DateTimeOffset FirstHourFrom(DateTimeOffset at) => DateTimeOffset.UnixEpoch.AddHours(Math.Ceiling((at - DateTimeOffset.UnixEpoch).TotalHours));
    }
}
