using System.Globalization;
using System.Threading.Channels;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Tokens;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.WebUtilities;

namespace Dojo.Pci.Portal.Components.Pages.Tokens;

/// <summary>The tokens of a place: searched, followed live, exported. What it shows is in its address.</summary>
public sealed partial class TokensPage : IDisposable
{
    private const int PageSize = 50;

    // What comes within it is shown together.
    private static readonly TimeSpan s_pauseBetweenNews = TimeSpan.FromMilliseconds(400);

    // A screen reader is told of new tokens no more often than this.
    private static readonly TimeSpan s_pauseBetweenAnnouncements = TimeSpan.FromSeconds(10);

    private readonly TokenListState _list = new();
    private readonly CancellationTokenSource _leaving = new();
    private TokenQuery _query = new();
    private IReadOnlyList<FieldError> _misread = [];
    private Tenant? _tenant;
    private TokenSubscription? _subscription;
    private TokenTable? _table;
    private SignedInMember? _who;
    private string? _fault;
    private bool _isLoading = true;
    private bool _creating;
    private bool _isPaused;
    private bool _isPointed;
    private bool _isFocused;
    private string _announced = "";
    private DateTimeOffset _announcedAt;
    private int _searches;
    private Task _reloading = Task.CompletedTask;

    /// <summary>Finds tokens.</summary>
    [Inject]
    public required ITokenBrowser Browser { get; init; }

    /// <summary>Tells of new ones.</summary>
    [Inject]
    public required ITokenFeed Feed { get; init; }

    /// <summary>By which news is spaced.</summary>
    [Inject]
    public required TimeProvider Clock { get; init; }

    private bool IsSandbox => Selected.Environment == TenantEnvironment.Sandbox;

    // A place without any token: there is nothing to filter or to export yet.
    private bool IsEmpty => _fault is null && _misread.Count == 0 && !_isLoading && _list.Rows.Count == 0 && !_query.IsFiltered;

    private bool CanCreate => IsSandbox && Allows(Operation.CreateTestTokens);

    private string ExportAddress => PortalUrls.In(Selected, PortalUrls.TokenExport, _query.Parameters);

    private string CountText => _list.Count is not { } count ? ""
        : count is { Value: 1, IsCapped: false } ? "1 token"
        : string.Create(CultureInfo.InvariantCulture, $"{count.Value:N0}{(count.IsCapped ? "+" : "")} tokens");

    private string PillText => string.Create(CultureInfo.InvariantCulture, $"{_list.Waiting}{(_list.HasMoreWaiting ? "+" : "")} new");

    /// <inheritdoc />
    public void Dispose()
    {
        Navigation.LocationChanged -= OnLocationChanged;
        _leaving.Cancel();
        _leaving.Dispose();
        _subscription?.Dispose();
    }

    /// <inheritdoc />
    protected override void OnInitialized() => Navigation.LocationChanged += OnLocationChanged;

    /// <inheritdoc />
    protected override Task OnParametersSetAsync() => ShowAsync(Selected);

    private bool Allows(Operation operation) => _who is { } who && RoleTable.Allows(who.Role, operation);

    private void OnLocationChanged(object? sender, LocationChangedEventArgs moved)
    {
        if (new Uri(moved.Location).AbsolutePath == PortalUrls.Tokens)
        {
            _ = InvokeAsync(() => ShowAsync(SelectedTenant.Of(Selected.Locations, moved.Location)));
        }
    }

    private async Task ShowAsync(SelectedTenant selected)
    {
        var parameters = QueryHelpers.ParseQuery(new Uri(Navigation.Uri).Query);
        var (query, misread) = TokenQuery.Read(parameters);

        // What is sent before the page listens shows where its rows will be, and asks for none.
        if (!RendererInfo.IsInteractive || (_tenant == selected.Tenant && _query == query && _misread.SequenceEqual(misread)))
        {
            (_query, _misread) = (query, misread);
            return;
        }

        (_query, _misread, _isLoading) = (query, misread, _isLoading || _tenant != selected.Tenant || _misread.Count > 0);
        if (_tenant != selected.Tenant)
        {
            _tenant = selected.Tenant;
            await FollowAsync(selected.Tenant);
        }

        await (_misread.Count == 0 ? ReloadAsync() : ShowMisreadAsync());
    }

    // An answer that is still to come must not take its place.
    private Task ShowMisreadAsync()
    {
        _searches++;
        StateHasChanged();
        return Task.CompletedTask;
    }

    private Task ReloadAsync() => _reloading = ReloadNowAsync();

    private async Task ReloadNowAsync()
    {
        var search = ++_searches;
        try
        {
            var answer = await SearchAsync(after: null);
            if (search != _searches || answer is not { } found)
            {
                return; // another one has been asked for, or the reader is being sent to sign in
            }

            _fault = found.Refusal?.Message;
            if (found.Value is { } first)
            {
                _list.Begin(first);
            }
        }
        catch (UnavailableException fault)
        {
            _fault = fault.Message;
        }
        catch (DamagedRecordException)
        {
            _fault = DamagedRecordException.Shown; // a search for the one token
        }
        finally
        {
            _isLoading &= search != _searches;
        }

        await RefreshTableAsync();
    }

    private Task<Result<TokenPage>?> SearchAsync(string? after) => AskAsync(who =>
    {
        _who = who;
        return Browser.SearchAsync(who, _tenant!.Value, _query.ToSearch(Zone), after, PageSize, _leaving.Token);
    });

    private async Task LoadMoreAsync()
    {
        var search = _searches;
        try
        {
            if (_list.After is { } after && await SearchAsync(after) is { Value: { } page } && search == _searches)
            {
                _list.Append(page);
            }
        }
        catch (UnavailableException fault)
        {
            _fault = fault.Message;
            StateHasChanged();
        }
    }

    private async Task FollowAsync(Tenant tenant)
    {
        _subscription?.Dispose();
        _subscription = (await AskAsync(who => Feed.SubscribeAsync(who, tenant, _leaving.Token)))?.Value;
        if (_subscription is { } subscription)
        {
            _ = ListenAsync(subscription, _leaving.Token);
        }
    }

    private async Task ListenAsync(TokenSubscription subscription, CancellationToken ct)
    {
        try
        {
            while (true)
            {
                var news = await subscription.ReadAsync(ct);
                await InvokeAsync(() => TakeInAsync(news));
                await Task.Delay(s_pauseBetweenNews, Clock, ct);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or ChannelClosedException or ObjectDisposedException)
        {
            // The reader has left the page, or the place.
        }
        catch (Exception fault)
        {
            await DispatchExceptionAsync(fault);
        }
    }

    private async Task TakeInAsync(TokenNews news)
    {
        if (_misread.Count > 0)
        {
            return;
        }

        // A page that was asked for before the news would wipe it away when it comes.
        while (!_reloading.IsCompleted)
        {
            await _reloading;
        }

        try
        {
            var shown = _list.Rows.Select(row => row.Id).ToHashSet(StringComparer.Ordinal);
            if (news.Changed.Where(shown.Contains).ToList() is { Count: > 0 } changed && await RefreshAsync(new TokenSearch(), changed) is { } now)
            {
                _list.Replace(now.Items);
            }

            if (news.Created.Count > 0 && await RefreshAsync(_query.ToSearch(Zone), news.Created) is { } found)
            {
                Welcome(found.Items, news.HasMore);
            }
            else if (news.HasMore)
            {
                _list.KeepBack([], hasMore: true);
            }
        }
        catch (UnavailableException)
        {
            _list.KeepBack(news.Created, news.HasMore);
        }

        await RefreshTableAsync();
    }

    private void Welcome(IReadOnlyList<TokenRow> found, bool hasMore)
    {
        var mayMove = !_isPaused && !_isPointed && !_isFocused && _table is not { IsAtTop: false };
        if (_query.Sort == TokenSort.Newest && !hasMore && mayMove && _list is { Waiting: 0, HasMoreWaiting: false })
        {
            _list.PutInFront(found);
        }
        else
        {
            _list.KeepBack(found.Select(row => row.Id), hasMore);
        }

        Announce();
    }

    private void Announce()
    {
        var now = Clock.GetUtcNow();
        if (now - _announcedAt >= s_pauseBetweenAnnouncements)
        {
            (_announcedAt, _announced) = (now, _list.Waiting > 0 ? $"{CountText} shown, {PillText}" : CountText);
        }
    }

    private async Task TogglePauseAsync()
    {
        _isPaused = !_isPaused;
        if (!_isPaused && _list.Waiting > 0)
        {
            await ShowNewestAsync();
        }
    }

    private async Task<TokenPage?> RefreshAsync(TokenSearch search, IReadOnlyCollection<string> ids) =>
        (await AskAsync(who => Browser.RefreshAsync(who, _tenant!.Value, search, ids, _leaving.Token)))?.Value;

    private async Task RefreshTableAsync()
    {
        StateHasChanged();
        if (_table is { } table)
        {
            await table.RefreshAsync();
        }
    }

    private async Task ShowNewestAsync()
    {
        if (_query.Sort == TokenSort.Newest)
        {
            await ReloadAsync();
        }
        else
        {
            MoveTo(_query with { Sort = TokenSort.Newest });
        }
    }

    // Each choice is a step that Back undoes. Letters that are typed are one step: only the first of them is added to the history.
    private void MoveTo(TokenQuery query)
    {
        var isTyping = query.Text.Length > 0 && _query.Text.Length > 0 && query with { Text = _query.Text } == _query;
        Navigation.NavigateTo(PortalUrls.In(Selected, PortalUrls.Tokens, query.Parameters), new NavigationOptions { ReplaceHistoryEntry = isTyping });
    }

    private void Clear() => MoveTo(new TokenQuery { Sort = _query.Sort });
}
