using System.Net.Http.Headers;
using System.Security.Cryptography;
using Dojo.Pci.Tokenization.Faults;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>Makes an attempt to deliver: signs the body, sends it, and returns the outcome. A failure on the way is an outcome, not an exception.</summary>
internal sealed class WebhookSender(WebhookConnections connections, WebhookTargets targets, WebhookSecrets secrets, WebhookInspector inspector, ISandboxFaults faults, TimeProvider clock)
    : IDisposable
{
    /// <summary>The time limit of an attempt: resolving the host, connecting, and receiving the answer with the beginning of its body.</summary>
    internal static readonly TimeSpan Budget = TimeSpan.FromSeconds(10);

    /// <summary>The error of an attempt that failed because of a configured sandbox fault.</summary>
    internal const string FaultReason = "SandboxFault";

    private readonly Lazy<HttpClient> _client = new(connections.Open);
    private readonly WebhookTelemetry _telemetry = new();

    /// <summary>Prepares what all attempts to deliver to a subscription share, as long as the subscription does not change.</summary>
    public WebhookReceiver Prepare(StoredWebhook webhook) =>
        new(webhook, targets.FaultOf(webhook.Url, webhook.Tenant.Environment) is null ? new Uri(webhook.Url) : null, secrets);

    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was canceled.</exception>
    public async Task<WebhookAttempt> SendAsync(WebhookReceiver receiver, WebhookDelivery delivery, CancellationToken ct)
    {
        using var span = WebhookTelemetry.Begin();
        var attempt = await AttemptAsync(receiver, delivery, ct);
        _telemetry.Measure(span, attempt);
        return attempt;
    }

    private async Task<WebhookAttempt> AttemptAsync(WebhookReceiver receiver, WebhookDelivery delivery, CancellationToken ct)
    {
        var (at, started) = (clock.GetUtcNow(), clock.GetTimestamp());
        using var timer = new CancellationTokenSource(Budget, clock);
        using var budget = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, ct);
        WebhookRequestHead? head = null;
        try
        {
            head = new WebhookRequestHead(
                receiver.Webhook.Url, WebhookSigner.HeadersOf(delivery.EventId, delivery.Sequence, delivery.Body, receiver.SecretsThatSign(at), at));
            var target = receiver.Target ?? throw new TargetRefusedException(); // a setting was changed after the subscription was created
            if ((await faults.DrawAsync(receiver.Webhook.Tenant, FaultPlace.Delivery)).Kind is not null)
            {
                return new WebhookAttempt(at, clock.GetElapsedTime(started), Status: null, FaultReason, Response: null);
            }

            if (receiver.Webhook.Kind == WebhookKind.Inspector)
            {
                var (status, body) = inspector.Receive(receiver.Webhook, head, delivery.Body);
                return new WebhookAttempt(at, clock.GetElapsedTime(started), status, Error: null, body) { Request = head.ToString(), ResponseHead = "content-type: application/json\n" };
            }

            using var request = RequestOf(target, head, delivery);
            using var response = await _client.Value.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, budget.Token);
            var excerpt = await WebhookExcerpt.ReadAsync(response, budget.Token);
            ct.ThrowIfCancellationRequested();
            return new WebhookAttempt(at, clock.GetElapsedTime(started), (int)response.StatusCode, Error: null, excerpt.Body)
            {
                Request = head.ToString(),
                ResponseHead = excerpt.Head,
                ResponseNote = excerpt.Note,
                RetryAfter = response.Headers.RetryAfter is { } after ? after.Delta ?? after.Date - at : null,
            };
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or TargetRefusedException or CryptographicException)
        {
            ct.ThrowIfCancellationRequested();
            return new WebhookAttempt(at, clock.GetElapsedTime(started), Status: null, ReasonOf(exception), Response: null) { Request = head?.ToString() };
        }
    }

    public void Dispose()
    {
        _telemetry.Dispose();
        if (_client.IsValueCreated)
        {
            _client.Value.Dispose();
        }
    }

    private static HttpRequestMessage RequestOf(Uri target, WebhookRequestHead head, WebhookDelivery delivery)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = new ByteArrayContent(delivery.Body) };
        foreach (var (name, value) in head.Headers)
        {
            (name == WebhookRequestHead.ContentType ? (HttpHeaders)request.Content.Headers : request.Headers).TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private static string ReasonOf(Exception exception) => exception switch
    {
        _ when exception is TargetRefusedException || exception.InnerException is TargetRefusedException => "TargetNotAllowed",
        HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } fault => fault.HttpRequestError.ToString(),
        OperationCanceledException => "Timeout",
        CryptographicException => "SecretDamaged",
        _ => exception.GetType().Name,
    };
}

/// <summary>A subscription that events are delivered to, with what its attempts share.</summary>
/// <param name="webhook">The subscription.</param>
/// <param name="target">The target; null when it is not allowed.</param>
/// <param name="secrets">Opens the subscription's secrets, once.</param>
internal sealed class WebhookReceiver(StoredWebhook webhook, Uri? target, WebhookSecrets secrets)
{
    private readonly Lazy<List<(string Value, DateTimeOffset Until)>> _secrets = new(() =>
    [
        .. webhook.Secrets.Where(secret => secret.IsActive || secret.SignsUntil is not null).OrderByDescending(secret => secret.IsActive)
            .Select(secret => (secrets.Open(webhook, secret), secret.IsActive ? DateTimeOffset.MaxValue : secret.SignsUntil!.Value)),
    ]);

    /// <summary>The subscription.</summary>
    public StoredWebhook Webhook => webhook;

    /// <summary>The target; null when it is not allowed.</summary>
    public Uri? Target => target;

    /// <summary>Returns the values of the secrets that sign at an instant, the active one first.</summary>
    /// <exception cref="CryptographicException">One of them is damaged.</exception>
    public IReadOnlyList<string> SecretsThatSign(DateTimeOffset at) => [.. _secrets.Value.Where(secret => secret.Until > at).Select(secret => secret.Value)];
}
