using System.Diagnostics;

namespace Dojo.Pci.Portal.Logging;

/// <summary>The id under which the logs have a request.</summary>
internal static class TraceIds
{
    /// <summary>
    /// The W3C trace id (Trace Context, <c>traceparent</c>), or <see cref="LogScrubber.Replacement"/> when the caller chose one that
    /// holds a card number. Where nothing is logged the server makes none; an answer has one all the same.
    /// </summary>
    public static string Current() => Activity.Current switch
    {
        { Id: { } id, ParentId: not null } => LogScrubber.Scrub(id),
        { Id: { } id } => id, // ours, and random: it may look like anything
        _ => $"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-00",
    };
}
