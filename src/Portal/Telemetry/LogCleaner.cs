using Dojo.Pci.Portal.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;

namespace Dojo.Pci.Portal.Telemetry;

/// <summary>Takes a trace's id off a record where the caller chose it so that it holds a secret. Texts and values went through the scrubber before.</summary>
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
