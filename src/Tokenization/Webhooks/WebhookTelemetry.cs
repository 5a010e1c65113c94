using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>The metrics and traces of deliveries. They contain neither the receiver's address nor the text of its answer.</summary>
internal sealed class WebhookTelemetry : IDisposable
{
    private readonly Meter _meter = new($"{VaultTelemetry.Name}.Webhooks");
    private readonly Histogram<double> _attempts;

    public WebhookTelemetry() =>
        _attempts = _meter.CreateHistogram("webhook.attempt.duration", "s", "Time that an attempt to deliver an event took, by outcome.", advice: VaultTelemetry.Seconds);

    /// <summary>Begins the span of an attempt; null when nobody listens.</summary>
    public static Activity? Begin() => VaultTelemetry.Begin("webhook deliver", ActivityKind.Producer);

    /// <summary>Records an attempt that has ended.</summary>
    public void Measure(Activity? span, WebhookAttempt attempt)
    {
        var outcome = attempt.Succeeded ? "delivered" : attempt.Error ?? "status";
        _attempts.Record(attempt.Duration.TotalSeconds, new KeyValuePair<string, object?>("outcome", outcome));
        span?.SetTag("http.response.status_code", attempt.Status);
        if (!attempt.Succeeded)
        {
            span?.Fail(outcome);
        }
    }

    public void Dispose() => _meter.Dispose();
}
