using Dojo.Pci.Portal.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;

namespace Dojo.Pci.Portal.Telemetry;

/// <summary>Removes a trace id that holds a secret, which the caller may have chosen, from a record. Texts and values are already scrubbed.</summary>
internal sealed class LogCleaner : BaseProcessor<LogRecord>
{
    public override void OnEnd(LogRecord data)
    {
        if (LogScrubber.HoldsSecret(data.TraceId.ToHexString()))
        {
            (data.TraceId, data.SpanId) = (default, default);
        }

        data.TraceState = null;
    }
}
