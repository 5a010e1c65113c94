using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>Makes one attempt to deliver: signs the body, sends it, and says what came back. Nothing that goes wrong on the way is an exception.</summary>
internal sealed class WebhookSender(WebhookConnections connections, WebhookTargets targets, WebhookSecrets secrets, TimeProvider clock) : IDisposable
{
    /// <summary>How long an attempt may take: finding the host, connecting, and the answer with the beginning of its body.</summary>
    internal static readonly TimeSpan Budget = TimeSpan.FromSeconds(10);

    /// <summary>Bytes of an answer that are kept of one that tells why it failed, and of one that did not.</summary>
    internal const int LargestExcerpt = 16 * 1024;
    private const int LargestExcerptOfSuccess = 1024;

    private readonly Lazy<HttpClient> _client = new(connections.Open);

    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was canceled.</exception>
    public async Task<WebhookAttempt> SendAsync(StoredWebhook webhook, WebhookDelivery delivery, CancellationToken ct)
    {
        var (at, started) = (clock.GetUtcNow(), clock.GetTimestamp());
        using var timer = new CancellationTokenSource(Budget, clock);
        using var budget = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, ct);
        try
        {
            if (targets.FaultOf(webhook.Url, webhook.Tenant.Environment) is not null)
            {
                throw new TargetRefusedException(); // a setting was changed since
            }

            using var request = RequestOf(webhook, delivery, at);
            using var response = await _client.Value.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, budget.Token);
            var excerpt = await ReadAsync(response, budget.Token);
            ct.ThrowIfCancellationRequested();
            return new WebhookAttempt(at, clock.GetElapsedTime(started), (int)response.StatusCode, Error: null, excerpt)
            {
                RetryAfter = response.Headers.RetryAfter is { } after ? after.Delta ?? after.Date - at : null,
            };
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or TargetRefusedException or CryptographicException)
        {
            ct.ThrowIfCancellationRequested();
            return new WebhookAttempt(at, clock.GetElapsedTime(started), Status: null, ReasonOf(exception), Response: null);
        }
    }

    public void Dispose()
    {
        if (_client.IsValueCreated)
        {
            _client.Value.Dispose();
        }
    }

    private HttpRequestMessage RequestOf(StoredWebhook webhook, WebhookDelivery delivery, DateTimeOffset at)
    {
        var active = secrets.Open(webhook, webhook.Secrets.Single(secret => secret.IsActive));
        var others = webhook.Secrets.Where(secret => secret.SignsUntil > at).Select(secret => secrets.Open(webhook, secret));
        var seconds = at.ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, webhook.Url)
        {
            Content = new ByteArrayContent(delivery.Body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        request.Headers.Add("user-agent", "Dojo-PCI-Portal-Webhooks");
        request.Headers.Add("dojo-signature", WebhookSignatures.Dojo(active, delivery.Body));
        request.Headers.Add("webhook-id", delivery.EventId);
        request.Headers.Add("webhook-timestamp", seconds.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", string.Join(' ', others.Prepend(active).Select(secret => WebhookSignatures.Standard(secret, delivery.EventId, seconds, delivery.Body))));
        request.Headers.Add("webhook-sequence", delivery.Sequence.ToString(CultureInfo.InvariantCulture));
        return request;
    }

    // The status alone decides. What follows is for people: as much as comes in time, and nothing that could be a card number.
    private static async Task<string?> ReadAsync(HttpResponseMessage response, CancellationToken budget)
    {
        var excerpt = new byte[response.IsSuccessStatusCode ? LargestExcerptOfSuccess : LargestExcerpt];
        var length = 0;
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(budget);
            while (length < excerpt.Length && await body.ReadAsync(excerpt.AsMemory(length), budget) is > 0 and var read)
            {
                length += read;
            }
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or OperationCanceledException)
        {
            // It broke off; what has come is enough.
        }

        return length == 0 || CardNumberDetector.ContainsCardNumber(excerpt.AsSpan(0, length)) ? null : Encoding.UTF8.GetString(excerpt, 0, length);
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
