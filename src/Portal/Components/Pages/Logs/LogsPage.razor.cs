using System.Globalization;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.RequestExplorer;
using Dojo.Pci.Tokenization.RequestLogs;
using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace Dojo.Pci.Portal.Components.Pages.Logs;

/// <summary>The requests of a tenant: searched, counted and updated live. The filters are in the address.</summary>
public sealed partial class LogsPage
{
    // While more requests come than are shown, they are counted no more often than this.
    private static readonly TimeSpan s_pauseBetweenCounts = TimeSpan.FromSeconds(5);

    private readonly LogListState _list = new();
    private LogQuery _query = new();
    private IReadOnlyList<FieldError> _misread = [];
    private RequestChoices? _choices;
    private RequestHistogram? _histogram;
    private TimeSpan _barWidth = LogRange.Default.BarWidth;
    private Tenant? _tenant;
    private LogTable? _table;
    private bool _isLoading = true;
    private DateTimeOffset _countedAt;

    /// <summary>Finds requests.</summary>
    [Inject]
    public required IRequestExplorer Explorer { get; init; }

    /// <inheritdoc />
    protected override MemberList List => MemberList.Logs;

    /// <inheritdoc />
    protected override string Path => PortalUrls.Logs;

    /// <inheritdoc />
    protected override TimeSpan PauseBetweenNews { get; } = TimeSpan.FromMilliseconds(800);

    private string ExportOf(string path) => PortalUrls.In(Selected, path, _query.Parameters);

    private bool IsFollowing => !IsPaused && _query.To is null;

    private string LiveText => _query.To is not null ? "Past" : IsPaused ? "Paused" : _list.IsSampled ? "Live, sampled" : "Live";

    private string CountText => _histogram is not { } histogram ? ""
        : string.Create(CultureInfo.InvariantCulture, $"{histogram.Total:N0}{(histogram.IsCapped ? "+" : "")} request{(histogram.Total == 1 ? "" : "s")}");

    // At high rates nobody reads each request, so the list then shows the newest and says so.
    private string PillText => _list.HasMoreWaiting ? "Show the newest" : $"{_list.Waiting} new";

    /// <inheritdoc />
    protected override async Task ShowAsync(SelectedTenant selected)
    {
        var (query, misread) = LogQuery.Read(QueryHelpers.ParseQuery(new Uri(Navigation.Uri).Query));

        if (RendererInfo.IsInteractive)
        {
            await ReadLayoutAsync();
            query = query.ColumnNames is null && Layout.Columns is { } columns && LogColumns.Read(columns) is not null ? query with { ColumnNames = columns } : query;
        }

        // The prerendered page shows placeholders for its rows and loads none.
        if (!RendererInfo.IsInteractive || (_tenant == selected.Tenant && _query == query && _misread.SequenceEqual(misread)))
        {
            (_query, _misread) = (query, misread);
            return;
        }

        var before = _query;
        var isElsewhere = _tenant != selected.Tenant;
        (_query, _misread) = (query, misread);
        if (isElsewhere)
        {
            (_tenant, _isLoading, _histogram) = (selected.Tenant, true, null);
            Follower.Follow((await AskAsync(who => Explorer.SubscribeAsync(who, selected.Tenant, Follower.Leaving)))?.Value, (news, ct) => news.WaitAsync(ct), TakeInAsync);
        }

        if (_misread.Count > 0)
        {
            Searches++; // a result that is still to come must not replace the faults
        }
        else if (isElsewhere || before with { ColumnNames = query.ColumnNames } != query || Fault is not null)
        {
            await ReloadAsync();
        }

        StateHasChanged();
    }

    private async Task ReloadAsync()
    {
        var search = ++Searches;
        try
        {
            var answer = await SearchAsync(after: null);
            if (search != Searches || answer is not { } found)
            {
                return; // a newer search has started, or the reader is being sent to sign in
            }

            Fault = found.Refusal?.Message;
            if (found.Value is { } first)
            {
                _list.Begin(first);
                _isLoading = false;
                await RefreshTableAsync();
                await CountAsync();
                _choices = (await AskAsync(who => Explorer.ListChoicesAsync(who, _tenant!.Value, Follower.Leaving)))?.Value;
            }
        }
        catch (UnavailableException fault)
        {
            Fault = fault.Message;
        }
        finally
        {
            _isLoading &= search != Searches;
        }

        await RefreshTableAsync();
    }

    private Task<Result<RequestPage>?> SearchAsync(RequestCursor? after) =>
        AskAsync(who => Explorer.SearchAsync(who, _tenant!.Value, _query.ToSearch(Clock.GetUtcNow()).Search, after, PageSize, Follower.Leaving));

    private async Task CountAsync()
    {
        var search = Searches;
        var now = Clock.GetUtcNow();
        var (what, width) = _query.ToSearch(now);
        var counted = await AskAsync(who => Explorer.CountAsync(who, _tenant!.Value, what with { Until = what.Until ?? now }, width, Follower.Leaving));
        if (search == Searches)
        {
            (_histogram, _barWidth, _countedAt) = (counted?.Value, width, now);
        }
    }

    private Task LoadMoreAsync() => LoadMoreAsync<RequestPage>(_list.After is { } after ? () => SearchAsync(after) : null, _list.Append);

    private async Task TakeInAsync()
    {
        if (_misread.Count > 0 || _isLoading || !IsFollowing)
        {
            return;
        }

        var search = Searches;
        try
        {
            if (await SearchAsync(after: null) is { Value: { } first } && search == Searches)
            {
                var mayMove = !IsPointed && !IsFocused && _table is not { IsAtTop: false };
                _list.TakeIn(first, mayMove);
                if (!_list.IsSampled || Clock.GetUtcNow() - _countedAt >= s_pauseBetweenCounts)
                {
                    await CountAsync();
                }

                Announce(_list.Waiting > 0 ? $"{CountText}, {PillText}" : CountText);
            }
        }
        catch (UnavailableException)
        {
            // The shown rows stay; the next news triggers another search.
        }

        await RefreshTableAsync();
    }

    private async Task TogglePauseAsync()
    {
        IsPaused = !IsPaused;
        if (!IsPaused)
        {
            await ReloadAsync();
        }
    }

    /// <inheritdoc />
    protected override Task RefreshRowsAsync() => _table?.RefreshAsync() ?? Task.CompletedTask;

    private void ChooseSpan((DateTimeOffset From, DateTimeOffset Until) span) => MoveTo(_query with { From = WholeSeconds(span.From), To = WholeSeconds(span.Until) });

    private static DateTimeOffset WholeSeconds(DateTimeOffset at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerSecond));

    private async Task ShowColumnsAsync(IReadOnlyList<LogColumn> columns)
    {
        var names = LogColumns.Write(columns);
        await ChooseLayoutAsync(Layout with { Columns = names });
        MoveTo(_query with { ColumnNames = names });
    }

    private void MoveTo(LogQuery query) => MoveTo(query.Parameters, isTyping: query.Text.Length > 0 && _query.Text.Length > 0 && query with { Text = _query.Text } == _query);

    private void Clear() => MoveTo(new LogQuery { Range = _query.Range, ColumnNames = _query.ColumnNames });
}
