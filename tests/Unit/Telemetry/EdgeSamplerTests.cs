using System.Diagnostics;
using Dojo.Pci.Portal.Telemetry;
using OpenTelemetry.Trace;

namespace Dojo.Pci.Tests.Unit.Telemetry;

/// <summary>Which requests send a trace.</summary>
public sealed class EdgeSamplerTests
{
    private static readonly ActivityTraceId s_trace = ActivityTraceId.CreateFromString("4bf92f3577b34da6a3ce929d0e0e4736");

    [Theory]
    [InlineData(0, SamplingDecision.Drop)]
    [InlineData(1000, SamplingDecision.RecordAndSample)]
    public void The_share_decides_and_not_what_a_caller_asks_for(int perThousand, SamplingDecision decision)
    {
        Decide(perThousand, Parent(s_trace, isRemote: true, ActivityTraceFlags.Recorded)).ShouldBe(decision);
        Decide(perThousand, Parent(s_trace, isRemote: true, ActivityTraceFlags.None)).ShouldBe(decision);
        Decide(perThousand, default).ShouldBe(decision);
    }

    [Fact]
    public void What_happens_within_a_request_follows_it()
    {
        Decide(0, Parent(s_trace, isRemote: false, ActivityTraceFlags.Recorded)).ShouldBe(SamplingDecision.RecordAndSample);
        Decide(1000, Parent(s_trace, isRemote: false, ActivityTraceFlags.None)).ShouldBe(SamplingDecision.Drop);
    }

    [Fact]
    public void A_trace_whose_id_a_caller_made_of_a_card_number_is_not_sent()
    {
        var trace = ActivityTraceId.CreateFromString("abcdefab000000004242424242424242");

        Decide(1000, Parent(trace, isRemote: true, ActivityTraceFlags.Recorded), trace).ShouldBe(SamplingDecision.Drop);
    }

    private static ActivityContext Parent(ActivityTraceId trace, bool isRemote, ActivityTraceFlags flags) => new(trace, ActivitySpanId.CreateFromString("b7ad6b7169203331"), flags, isRemote: isRemote);

    private static SamplingDecision Decide(int perThousand, ActivityContext parent, ActivityTraceId? trace = null) =>
        new EdgeSampler(perThousand).ShouldSample(new SamplingParameters(parent, trace ?? s_trace, "span", ActivityKind.Server)).Decision;
}
