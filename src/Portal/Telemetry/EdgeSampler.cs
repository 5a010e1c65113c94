using Dojo.Pci.Portal.Logging;
using OpenTelemetry.Trace;

namespace Dojo.Pci.Portal.Telemetry;

/// <summary>
/// Decides here, and not by what a caller asks for, of which requests a trace is sent: callers are strangers, and could have all of theirs sent. What happens within a
/// request follows it. A trace whose id a caller chose so that it holds a secret is not sent at all.
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
