using Dojo.Pci.Portal.Presentation;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Tokens;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Tokens;

/// <summary>A token: its data, its history, and what is related to it. The page updates live.</summary>
public sealed partial class TokenDetailPage : IDisposable
{
    private const string CloseVerb = "Close";
    private const string CancelVerb = "Cancel";

    private LiveFollower _follower = null!;
    private (SelectedTenant Selected, string Id)? _shown;
    private TokenDetail? _detail;
    private TokenRelations? _relations;
    private SignedInMember? _who;
    private string? _fault;
    private string? _endError;
    private bool _isMissing;
    private bool _isEnding;
    private string _asked = CloseVerb;
    private bool _isBusy;

    /// <summary>The token's id.</summary>
    [Parameter, EditorRequired]
    public required string Id { get; set; }

    /// <summary>Finds the token.</summary>
    [Inject]
    public required ITokenBrowser Browser { get; init; }

    /// <summary>Reports when the token changes.</summary>
    [Inject]
    public required ITokenFeed Feed { get; init; }

    /// <summary>Cancels or closes the token.</summary>
    [Inject]
    public required ITokenActions Actions { get; init; }

    /// <summary>Writes the token as the API does.</summary>
    [Inject]
    public required ISetupIntentJson Json { get; init; }

    private bool HasCardData => _detail?.Timeline.Any(entry => entry.Event.Type == SetupIntentEventType.CardDataDestroyed) == false
        && _detail.Intent is { Card: not null, Status: not (SetupIntentStatus.Canceled or SetupIntentStatus.Closed) };

    // How the reader may end the token now; null if they may not.
    private string? EndVerb => _who is not { } who || !RoleTable.Allows(who.Role, Operation.EndTokens) || _detail is not { IsBeingCharged: false } detail ? null
        : detail.Intent.Status switch
        {
            SetupIntentStatus.Created => CancelVerb,
            SetupIntentStatus.Authorized => CloseVerb,
            _ => null,
        };

    /// <inheritdoc />
    public void Dispose() => _follower?.Dispose();

    /// <inheritdoc />
    protected override void OnInitialized() => _follower = new LiveFollower(InvokeAsync, DispatchExceptionAsync);

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive || _shown == (Selected, Id))
        {
            return;
        }

        _shown = (Selected, Id);
        (_detail, _relations, _isEnding) = (null, null, false);
        _follower.Follow((await AskAsync(who => Feed.SubscribeAsync(who, Selected.Tenant, _follower.Leaving)))?.Value, (news, ct) => news.ReadAsync(ct), TakeInAsync);
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        try
        {
            var found = await AskAsync(who =>
            {
                _who = who;
                return Browser.FindAsync(who, Selected.Tenant, Id, _follower.Leaving);
            });
            (_detail, _fault) = (found?.Value, null);
            _isMissing = found?.Refusal is not null;
            if (_detail is not null)
            {
                StateHasChanged();
                _relations = (await AskAsync(who => Browser.FindRelationsAsync(who, Selected.Tenant, Id, _follower.Leaving)))?.Value;
            }
        }
        catch (UnavailableException fault)
        {
            _fault = fault.Message;
        }
        catch (DamagedRecordException)
        {
            _fault = DamagedRecordException.Shown;
        }
    }

    private async Task EndAsync()
    {
        if (_isBusy || _detail is not { } detail)
        {
            return;
        }

        (_isBusy, _endError) = (true, null);
        try
        {
            var ended = await AskAsync(who => Actions.EndAsync(who, Selected.Tenant, Id, detail.Intent.Status));
            _endError = ended?.Refusal?.Message;
            _isEnding = _endError is not null;
            await LoadAsync();
        }
        catch (UnavailableException fault)
        {
            _endError = fault.Message;
        }
        catch (DamagedRecordException)
        {
            _endError = DamagedRecordException.Shown;
        }
        finally
        {
            _isBusy = false;
        }
    }

    private async Task TakeInAsync(TokenNews news)
    {
        if (news.HasMore || news.Changed.Contains(Id, StringComparer.Ordinal))
        {
            await LoadAsync();
            StateHasChanged();
        }
    }
}
