using System.Globalization;
using Dojo.Pci.Portal.Components.Controls;
using Dojo.Pci.Portal.Components.Time;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Alarms;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Metrics;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Tokens;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Home;

/// <summary>What a location has done lately, kept up to date; and for a newcomer, what to do next.</summary>
public sealed partial class HomePage : IDisposable
{
    internal static readonly TimeSpan RefreshEvery = TimeSpan.FromSeconds(5);

    private const int HoursShown = 24;

    private TokenMetrics? _tokens;
    private ApiMetrics? _api;
    private FirstSteps? _steps;
    private IReadOnlyList<ExpiringKey>? _keys;
    private IReadOnlyList<Notice> _notices = [];
    private Tenant? _shown;
    private bool _maySeeKeys;
    private string? _trouble;
    private PeriodicTimer? _timer;

    /// <summary>The figures of tokens.</summary>
    [Inject]
    public required ITokenMetrics Tokens { get; init; }

    /// <summary>The figures of the API.</summary>
    [Inject]
    public required IApiMetrics Api { get; init; }

    /// <summary>What goes on that members should know of.</summary>
    [Inject]
    public required INotices NoticeBoard { get; init; }

    /// <summary>Where it is kept that the first steps were put away.</summary>
    [Inject]
    public required IMemberPreferences Preferences { get; init; }

    /// <summary>The clock that refreshes.</summary>
    [Inject]
    public required TimeProvider Time { get; init; }

    private List<Bar> HourBars => [.. _tokens!.Hours.TakeLast(HoursShown).Select(hour => new Bar(Zone.WriteTime(hour.From), hour.Total, BadOf(hour)))];

    private List<Bar> DayBars => [.. _tokens!.Days.Select(day => new Bar(ZonedTime.WriteShortDay(Zone.DayOf(day.From)), day.Total, BadOf(day)))];

    private List<Bar> RequestBars => [.. _api!.Hours.Select(hour => new Bar(Zone.WriteTime(hour.From), hour.Requests, hour.Refused + hour.Failed))];

    private string? TokenNote => _tokens is null ? null : OutcomeWords.PartsOf(_tokens.Last(HoursShown));

    private string? RequestNote => _api is null ? null : $"{_api.Hours[^1].Requests:N0} this hour";

    private string? ErrorRate => _api switch
    {
        null => null,
        { Requests: 0 } => "—",
        var api => ((double)(api.Refused + api.Failed) / api.Requests).ToString("0.0%", CultureInfo.InvariantCulture),
    };

    private string? ErrorNote => _api is null ? null : $"{_api.Refused:N0} refused (4xx) · {_api.Failed:N0} failed (5xx)";

    private string? Latency => _api switch
    {
        null => null,
        { Median: { } median, Slowest: { } slowest } => $"{Milliseconds(median)} / {Milliseconds(slowest)} ms",
        _ => "—",
    };

    private string? LatencyNote => _api is null ? null : "Last 24 hours (±5%)";

    /// <inheritdoc />
    public void Dispose() => _timer?.Dispose();

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (_shown != Selected.Tenant)
        {
            (_shown, _tokens, _api, _steps, _keys, _notices) = (Selected.Tenant, null, null, null, null, []);
            await LoadAsync();
        }
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

    private static string? Count(long? count) => count?.ToString("N0", CultureInfo.InvariantCulture);

    private static string Milliseconds(TimeSpan took) =>
        took.TotalMilliseconds.ToString(took < TimeSpan.FromMilliseconds(10) ? "0.0" : "0", CultureInfo.InvariantCulture);

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
        while (await timer.WaitForNextTickAsync())
        {
            await InvokeAsync(LoadAsync);
            await InvokeAsync(StateHasChanged);
        }
    }

    // One after another: a page that refreshes leaves the processor to those who tokenize.
    private async Task LoadAsync()
    {
        var selected = Selected.Tenant;
        var (tokens, api) = (await AskAsync(who => Tokens.GetAsync(who, selected, Zone.Zone, CancellationToken.None)), await AskAsync(who => Api.ReadAsync(who, selected, HoursShown, CancellationToken.None)));
        var steps = _steps is { AreShown: false } ? _steps : (await AskAsync(who => Api.ReadFirstStepsAsync(who, selected, CancellationToken.None)))?.Value;
        var keys = await AskAsync(who =>
        {
            _maySeeKeys = RoleTable.Allows(who.Role, Operation.ViewApiKeys);
            return _maySeeKeys ? Api.ListExpiringKeysAsync(who, selected, CancellationToken.None) : Task.FromResult<Result<ExpiringKeys>>(new ExpiringKeys([]));
        });
        var notices = (await AskAsync(who => NoticeBoard.ListAsync(who, selected, CancellationToken.None)))?.Value?.Items;
        if (selected == _shown)
        {
            _notices = notices ?? _notices;
            (_tokens, _api, _steps, _keys) = (tokens?.Value ?? _tokens, api?.Value ?? _api, steps ?? _steps, keys?.Value?.Keys ?? _keys);
            _trouble = (tokens?.Refusal ?? api?.Refusal)?.Message;
        }
    }
}
