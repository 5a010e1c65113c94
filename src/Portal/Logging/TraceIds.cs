using System.Diagnostics;

namespace Dojo.Pci.Portal.Logging;

/// <summary>The id under which the logs have a request.</summary>
internal static class TraceIds
{
    /// <summary>Stands for an id that the caller chose and that holds a card number or an API key. By W3C, zeros are the id of no trace.</summary>
    public const string Withheld = "00-00000000000000000000000000000000-0000000000000000-00";

    /// <summary>
    /// The W3C trace id (Trace Context, <c>traceparent</c>), or <see cref="Withheld"/>. Where nothing is logged the server makes none;
    /// an answer has one all the same.
    /// </summary>
    public static string Current() => Activity.Current switch
    {
        { Id: { } id, ParentId: not null } => LogScrubber.HoldsSecret(id) ? Withheld : id,
        { Id: { } id } => id, // ours, and random: it may look like anything
        _ => $"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-00",
    };
}
