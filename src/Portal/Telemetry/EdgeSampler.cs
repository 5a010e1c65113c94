using Dojo.Pci.Portal.Logging;
using OpenTelemetry.Trace;

namespace Dojo.Pci.Portal.Telemetry;

/// <summary>
/// Decides which requests are traced. It ignores the sampling flag of callers, who could otherwise have all of their requests traced. Spans within a
/// request follow the decision for the request. A trace is dropped if the id that the caller chose holds a secret.
/// </summary>
internal sealed class EdgeSampler(int perThousand) : Sampler
{
    private readonly TraceIdRatioBasedSampler _share = new(perThousand / 1000.0);

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        var parent = samplingParameters.ParentContext;
        if (parent.TraceId != default && !parent.IsRemote)
        {
            return new SamplingResult(parent.TraceFlags.HasFlag(System.Diagnostics.ActivityTraceFlags.Recorded));
        }

        return parent.IsRemote && LogScrubber.HoldsSecret(samplingParameters.TraceId.ToHexString())
            ? new SamplingResult(SamplingDecision.Drop)
            : _share.ShouldSample(samplingParameters);
    }
}
