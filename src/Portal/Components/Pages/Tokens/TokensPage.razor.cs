using System.Globalization;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Tokens;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace Dojo.Pci.Portal.Components.Pages.Tokens;

/// <summary>The tokens of a tenant: searched, updated live and exported. The filters are in the address.</summary>
public sealed partial class TokensPage
{
    private readonly TokenListState _list = new();
    private TokenQuery _query = new();
    private IReadOnlyList<FieldError> _misread = [];
    private Tenant? _tenant;
    private TokenTable? _table;
    private SignedInMember? _who;
    private bool _isLoading = true;
    private bool _creating;
    private Task _reloading = Task.CompletedTask;

    /// <summary>Finds tokens.</summary>
    [Inject]
    public required ITokenBrowser Browser { get; init; }

    /// <summary>Reports new and changed tokens.</summary>
    [Inject]
    public required ITokenFeed Feed { get; init; }

    /// <inheritdoc />
    protected override MemberList List => MemberList.Tokens;

    /// <inheritdoc />
    protected override string Path => PortalUrls.Tokens;

    /// <inheritdoc />
    protected override TimeSpan PauseBetweenNews { get; } = TimeSpan.FromMilliseconds(400);

    private bool IsSandbox => Selected.Environment == TenantEnvironment.Sandbox;

    // A tenant without tokens: there is nothing to filter or to export yet.
    private bool IsEmpty => Fault is null && _misread.Count == 0 && !_isLoading && _list.Rows.Count == 0 && !_query.IsFiltered;

    private bool CanCreate => IsSandbox && Allows(Operation.CreateTestTokens);

    private string ExportAddress => PortalUrls.In(Selected, PortalUrls.TokenExport, _query.Parameters);

    private string CountText => _list.Count is not { } count ? ""
        : count is { Value: 1, IsCapped: false } ? "1 token"
        : string.Create(CultureInfo.InvariantCulture, $"{count.Value:N0}{(count.IsCapped ? "+" : "")} tokens");

    private string PillText => string.Create(CultureInfo.InvariantCulture, $"{_list.Waiting}{(_list.HasMoreWaiting ? "+" : "")} new");

    private bool Allows(Operation operation) => _who is { } who && RoleTable.Allows(who.Role, operation);

    /// <inheritdoc />
    protected override async Task ShowAsync(SelectedTenant selected)
    {
        var parameters = QueryHelpers.ParseQuery(new Uri(Navigation.Uri).Query);
        var (query, misread) = TokenQuery.Read(parameters);

        // The prerendered page shows placeholders for its rows and loads none.
        if (!RendererInfo.IsInteractive || (_tenant == selected.Tenant && _query == query && _misread.SequenceEqual(misread)))
        {
            (_query, _misread) = (query, misread);
            return;
        }

        await ReadLayoutAsync();
        (_query, _misread, _isLoading) = (query, misread, _isLoading || _tenant != selected.Tenant || _misread.Count > 0);
        if (_tenant != selected.Tenant)
        {
            _tenant = selected.Tenant;
            Follower.Follow((await AskAsync(who => Feed.SubscribeAsync(who, selected.Tenant, Follower.Leaving)))?.Value, (news, ct) => news.ReadAsync(ct), TakeInAsync);
        }

        await (_misread.Count == 0 ? ReloadAsync() : ShowMisreadAsync());
    }

    // A result that is still to come must not replace the faults.
    private Task ShowMisreadAsync()
    {
        Searches++;
        StateHasChanged();
        return Task.CompletedTask;
    }

    private Task ReloadAsync() => _reloading = ReloadNowAsync();

    private async Task ReloadNowAsync()
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
            }
        }
        catch (UnavailableException fault)
        {
            Fault = fault.Message;
        }
        catch (DamagedRecordException)
        {
            Fault = DamagedRecordException.Shown; // the search was for the damaged token alone
        }
        finally
        {
            _isLoading &= search != Searches;
        }

        await RefreshTableAsync();
    }

    private Task<Result<TokenPage>?> SearchAsync(string? after) => AskAsync(who =>
    {
        _who = who;
        return Browser.SearchAsync(who, _tenant!.Value, _query.ToSearch(Zone), after, PageSize, Follower.Leaving);
    });

    private Task LoadMoreAsync() => LoadMoreAsync<TokenPage>(_list.After is { } after ? () => SearchAsync(after) : null, _list.Append);

    private async Task TakeInAsync(TokenNews news)
    {
        if (_misread.Count > 0)
        {
            return;
        }

        // A page that was requested before the news would overwrite it on arrival.
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
        var mayMove = !IsPaused && !IsPointed && !IsFocused && _table is not { IsAtTop: false };
        if (_query.Sort == TokenSort.Newest && !hasMore && mayMove && _list is { Waiting: 0, HasMoreWaiting: false })
        {
            _list.PutInFront(found);
        }
        else
        {
            _list.KeepBack(found.Select(row => row.Id), hasMore);
        }

        Announce(_list.Waiting > 0 ? $"{CountText} shown, {PillText}" : CountText);
    }

    private async Task TogglePauseAsync()
    {
        IsPaused = !IsPaused;
        if (!IsPaused && _list.Waiting > 0)
        {
            await ShowNewestAsync();
        }
    }

    private async Task<TokenPage?> RefreshAsync(TokenSearch search, IReadOnlyCollection<string> ids) =>
        (await AskAsync(who => Browser.RefreshAsync(who, _tenant!.Value, search, ids, Follower.Leaving)))?.Value;

    /// <inheritdoc />
    protected override Task RefreshRowsAsync() => _table?.RefreshAsync() ?? Task.CompletedTask;

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

    private void MoveTo(TokenQuery query) => MoveTo(query.Parameters, isTyping: query.Text.Length > 0 && _query.Text.Length > 0 && query with { Text = _query.Text } == _query);

    private void Clear() => MoveTo(new TokenQuery { Sort = _query.Sort });
}
