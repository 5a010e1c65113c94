using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Dojo.Pci.Tokenization.Authorization;

/// <summary>The metrics and traces of requests to the acquirer: their duration and verdict.</summary>
internal sealed class AcquirerTelemetry : IDisposable
{
    private readonly Meter _meter = new($"{VaultTelemetry.Name}.Acquirer");
    private readonly Histogram<double> _requests;

    public AcquirerTelemetry() =>
        _requests = _meter.CreateHistogram("acquirer.request.duration", "s", "Time that the acquirer was waited for, by operation and verdict.", advice: VaultTelemetry.Seconds);

    /// <summary>Measures a request to the acquirer.</summary>
    /// <param name="operation">The operation, by our own name.</param>
    /// <param name="clock">Measures the time.</param>
    /// <param name="ask">Sends the request.</param>
    public async Task<AcquirerReply> MeasureAsync(string operation, TimeProvider clock, Func<Task<AcquirerReply>> ask)
    {
        using var span = VaultTelemetry.Begin($"acquirer {operation}", ActivityKind.Client);
        var started = clock.GetTimestamp();
        var verdict = "Abandoned";
        try
        {
            var reply = await ask();
            verdict = reply.Verdict.ToString();
            return reply;
        }
        finally
        {
            _requests.Record(
                clock.GetElapsedTime(started).TotalSeconds, new KeyValuePair<string, object?>("operation", operation), new KeyValuePair<string, object?>("verdict", verdict));
            span?.SetTag("acquirer.verdict", verdict);
            if (verdict is nameof(AcquirerVerdict.Unknown) or nameof(AcquirerVerdict.NotAttempted) or "Abandoned")
            {
                span?.Fail(verdict);
            }
        }
    }

    public void Dispose() => _meter.Dispose();
}
