using System.Text.Encodings.Web;
using System.Text.Json;
using System.Threading.Channels;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Nodes;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Webhooks;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Webhooks;

/// <summary>An event that was sent to an endpoint: its body, and each attempt with request and response. Can send the event again.</summary>
public sealed partial class WebhookDeliveryPage : IDisposable
{
    private static readonly TimeSpan s_pauseBetweenNews = TimeSpan.FromMilliseconds(500);
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly CancellationTokenSource _leaving = new();
    private WebhookDeliveryDetail? _detail;
    private FeedSubscription? _follower;
    private Refusal? _refusal;
    private string? _fault;
    private bool _mayManage;
    private bool _mayBrowseTokens;

    /// <summary>The endpoint's id.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    /// <summary>The delivery's number.</summary>
    [Parameter]
    public long Delivery { get; set; }

    /// <summary>Manages the endpoints.</summary>
    [Inject]
    public required IWebhookManagement Webhooks { get; init; }

    /// <summary>Reads the deliveries, and sends events again.</summary>
    [Inject]
    public required IWebhookHistory History { get; init; }

    /// <summary>The clock that spaces the news.</summary>
    [Inject]
    public required TimeProvider Clock { get; init; }

    /// <inheritdoc />
    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
        _follower?.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        await LoadAsync();
        if (RendererInfo.IsInteractive && _follower is null && _detail is not null)
        {
            _follower = (await AskAsync(who => History.FollowAsync(who, Selected.Tenant, Id, _leaving.Token)))?.Value;
            if (_follower is { } follower)
            {
                _ = ListenAsync(follower, _leaving.Token);
            }
        }
    }

    private static string Pretty(string body) => JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(body), s_indented);

    private string? TokenOf(WebhookDeliveryDetail detail)
    {
        using var body = JsonDocument.Parse(detail.Body);
        return _mayBrowseTokens && body.RootElement.TryGetProperty("data", out var data) && data.TryGetProperty("setupIntentId", out var token) ? token.GetString() : null;
    }

    private async Task LoadAsync()
    {
        var answer = await AskAsync(who =>
        {
            _mayManage = Webhooks.RefuseChanges(who, Selected.Environment) is not Refusal.Forbidden;
            _mayBrowseTokens = RoleTable.Allows(who.Role, Operation.BrowseTokens);
            return History.FindAsync(who, Selected.Tenant, Id, Delivery, CancellationToken.None);
        });
        (_detail, _refusal) = (answer?.Value, answer?.Refusal);
    }

    private async Task ListenAsync(FeedSubscription follower, CancellationToken ct)
    {
        try
        {
            while (true)
            {
                await follower.WaitAsync(ct);
                await InvokeAsync(async () =>
                {
                    await LoadAsync();
                    StateHasChanged();
                });
                await Task.Delay(s_pauseBetweenNews, Clock, ct);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or ChannelClosedException or ObjectDisposedException)
        {
            // The reader has left the page.
        }
        catch (Exception fault)
        {
            await DispatchExceptionAsync(fault);
        }
    }

    private async Task ReplayAsync()
    {
        var answer = await AskAsync(who => History.ReplayAsync(who, Selected.Tenant, Id, Delivery));
        _fault = answer?.Refusal?.Message;
        await LoadAsync();
    }
}
