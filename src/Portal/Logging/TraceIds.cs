using System.Diagnostics;

namespace Dojo.Pci.Portal.Logging;

/// <summary>The id under which the logs record a request.</summary>
internal static class TraceIds
{
    /// <summary>Replaces an id that the caller chose and that holds a secret. In W3C Trace Context, all zeros are an invalid id.</summary>
    public const string Withheld = "00-00000000000000000000000000000000-0000000000000000-00";

    /// <summary>
    /// The W3C trace id (Trace Context, <c>traceparent</c>), or <see cref="Withheld"/>. If nothing is logged, the server creates none; a random
    /// one is returned then.
    /// </summary>
    public static string Current() => Activity.Current switch
    {
        { Id: { } id, ParentId: not null } => LogScrubber.HoldsSecret(id) ? Withheld : id,
        { Id: { } id } => id, // our own random id, which may look like a secret by chance
        _ => $"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-00",
    };
}
