using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Dojo.Pci.Tokenization.Authorization;

/// <summary>What an operator watches of the acquirer: how long it takes, and what comes of it.</summary>
internal sealed class AcquirerTelemetry : IDisposable
{
    private readonly Meter _meter = new($"{VaultTelemetry.Name}.Acquirer");
    private readonly Histogram<double> _requests;

    public AcquirerTelemetry() =>
        _requests = _meter.CreateHistogram("acquirer.request.duration", "s", "Time that the acquirer was waited for, by operation and verdict.", advice: VaultTelemetry.Seconds);

    /// <summary>Measures a question to the acquirer.</summary>
    /// <param name="operation">What is asked for, in a word of ours.</param>
    /// <param name="clock">Takes the time.</param>
    /// <param name="ask">Asks.</param>
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
