using System.Collections.Frozen;
using System.Diagnostics;
using OpenTelemetry;

namespace Dojo.Pci.Portal.Telemetry;

/// <summary>
/// Runs before the exporter and removes from a span all tags that are not on a closed list. The framework puts callers' addresses, queries and headers on
/// its spans, and an address may hold a token, a key or a card number.
/// </summary>
internal sealed class SpanCleaner : BaseProcessor<Activity>
{
    private static readonly FrozenSet<string> s_tags = FrozenSet.Create(
        StringComparer.Ordinal,
        ServerSpanMiddleware.Method, ServerSpanMiddleware.Route, ServerSpanMiddleware.Status, "error.type", "url.scheme", "network.protocol.version", "db.system.name", "acquirer.verdict");

    public override void OnEnd(Activity data)
    {
        foreach (var name in data.TagObjects.Select(tag => tag.Key).Where(name => !s_tags.Contains(name)).ToList())
        {
            data.SetTag(name, null);
        }

        data.TraceStateString = null;
        data.SetStatus(data.Status); // without the description
    }
}
