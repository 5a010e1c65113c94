using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Webhooks;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Webhooks;

/// <summary>A webhook endpoint: its health, its deliveries, its secrets, and how a receiver verifies them. The page updates live.</summary>
public sealed partial class WebhookEndpointPage : IDisposable
{
    private const string FormWord = "new";

    // News that arrives within this pause is shown together.
    private static readonly TimeSpan s_pauseBetweenNews = TimeSpan.FromMilliseconds(500);

    private WebhookEndpoint? _endpoint;
    private LiveFollower _follower = null!;
    private EndpointDeliveries? _deliveries;
    private Refusal? _refusal;
    private string? _followed;
    private string? _fault;
    private bool _mayManage;

    /// <summary>The endpoint's id.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    /// <summary>The tab in the address.</summary>
    [SupplyParameterFromQuery(Name = EndpointTabs.Parameter)]
    public string? Tab { get; set; }

    /// <summary>Manages the endpoints.</summary>
    [Inject]
    public required IWebhookManagement Webhooks { get; init; }

    /// <summary>Follows the deliveries.</summary>
    [Inject]
    public required IWebhookHistory History { get; init; }

    /// <summary>Shows that the endpoint was paused, and offers to undo it.</summary>
    [Inject]
    public required UndoToasts Toasts { get; init; }

    /// <summary>The clock that spaces the news.</summary>
    [Inject]
    public required TimeProvider Clock { get; init; }

    private string CurrentTab => EndpointTabs.All.FirstOrDefault(tab => tab.Equals(Tab, StringComparison.OrdinalIgnoreCase)) ?? EndpointTabs.Overview;

    private int TabIndex => EndpointTabs.All.ToList().IndexOf(CurrentTab);

    private string? Advice => _endpoint?.State switch
    {
        WebhookState.Disabled => "Disabled: nothing could be delivered for three days. Events since then were not kept for it. Resume it once the receiver works again; events that still wait are sent then.",
        WebhookState.Paused => "Paused: nothing is sent. Events wait up to 30 days and are sent when you resume.",
        WebhookState.Failing => $"The latest attempts have failed. {WebhookWords.Explain(_endpoint.Health.LastFailure?.Error)} Each event is tried twelve times over about a day.",
        _ => null,
    };

    /// <inheritdoc />
    public void Dispose() => _follower?.Dispose();

    /// <inheritdoc />
    protected override void OnInitialized() => _follower = new LiveFollower(InvokeAsync, DispatchExceptionAsync) { Spacing = (s_pauseBetweenNews, Clock) };

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (Id == FormWord)
        {
            // The router of a circuit does not know the plain page at this address, and takes its last segment for an id.
            Navigation.NavigateTo(PortalUrls.NewWebhookEndpoint(Selected), forceLoad: true);
        }
        else if (_followed != Id)
        {
            await LoadAsync();
            await FollowAsync();
        }
    }

    private async Task LoadAsync()
    {
        var answer = await AskAsync(who =>
        {
            _mayManage = Webhooks.RefuseChanges(who, Selected.Environment) is not Refusal.Forbidden;
            return Webhooks.GetAsync(who, Selected.Tenant, Id, CancellationToken.None);
        });
        (_endpoint, _refusal) = (answer?.Value, answer?.Refusal);
    }

    private async Task FollowAsync()
    {
        // Without a circuit the page cannot be updated.
        if (!RendererInfo.IsInteractive || _endpoint is null)
        {
            return;
        }

        _followed = Id;
        _follower.Follow((await AskAsync(who => History.FollowAsync(who, Selected.Tenant, Id, _follower.Leaving)))?.Value, (news, ct) => news.WaitAsync(ct), TakeInAsync);
    }

    private async Task TakeInAsync()
    {
        try
        {
            if ((await AskAsync(who => Webhooks.GetAsync(who, Selected.Tenant, Id, _follower.Leaving)))?.Value is { } now)
            {
                _endpoint = now;
                StateHasChanged();
            }

            if (_deliveries is { } deliveries)
            {
                await deliveries.TakeInAsync();
            }
        }
        catch (UnavailableException)
        {
            // The shown data stays; the next news updates it.
        }
    }

    private async Task ShowTab(int index)
    {
        if (EndpointTabs.All[index] is var tab && tab != CurrentTab)
        {
            _fault = null;
            Navigation.NavigateTo(PortalUrls.WebhookEndpoint(Selected, Id, tab));
        }

        await Task.CompletedTask;
    }

    private async Task PauseAsync()
    {
        await ChangeAsync(who => Webhooks.PauseAsync(who, Selected.Tenant, Id));
        if (_endpoint?.State == WebhookState.Paused)
        {
            Toasts.Show("Endpoint paused", () => InvokeAsync(() => ChangeAsync(who => Webhooks.ResumeAsync(who, Selected.Tenant, Id))));
        }
    }

    private async Task TestAsync()
    {
        if (await ChangeAsync(who => Webhooks.TestAsync(who, Selected.Tenant, Id)) is null && _fault is null)
        {
            await ShowTab(EndpointTabs.All.ToList().IndexOf(EndpointTabs.Deliveries));
        }
    }

    private async Task<Refusal?> DeleteAsync(string? typed)
    {
        var answer = await AskAsync(who => Webhooks.DeleteAsync(who, Selected.Tenant, Id, typed));
        Show(answer?.Refusal);
        if (answer is { IsSuccess: true })
        {
            Navigation.NavigateTo(PortalUrls.In(Selected, PortalUrls.WebhookEndpoints));
        }

        return answer?.Refusal;
    }

    private async Task<Refusal?> ChangeAsync(Func<SignedInMember, Task<Result<WebhookEndpoint>>> change)
    {
        var answer = await AskAsync(change);
        Show(answer?.Refusal);
        _endpoint = answer?.Value ?? _endpoint;
        StateHasChanged();
        return answer?.Refusal;
    }

    // Faults of a field are shown beside it; other refusals are shown here.
    private void Show(Refusal? refusal)
    {
        _fault = refusal is null or Refusal.Invalid ? null : refusal.Message;
        StateHasChanged();
    }
}
