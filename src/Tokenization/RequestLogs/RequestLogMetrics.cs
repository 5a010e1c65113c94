using System.Diagnostics.Metrics;

namespace Dojo.Pci.Tokenization.RequestLogs;

/// <summary>The metrics of the request log.</summary>
internal sealed class RequestLogMetrics : IDisposable
{
    private readonly Counter<long> _stored;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _anonymous;

    public RequestLogMetrics()
    {
        _stored = Meter.CreateCounter<long>("request_log.stored", "{entry}", "Entries of the request log that were stored.");
        _dropped = Meter.CreateCounter<long>("request_log.dropped", "{entry}", "Entries of the request log that were lost, by reason.");
        _anonymous = Meter.CreateCounter<long>("request_log.anonymous", "{request}", "Requests without a valid key, by the status they got.");
    }

    /// <summary>The meter of this instance, so that a listener can tell it from those of other instances.</summary>
    public Meter Meter { get; } = new("Dojo.Pci.Tokenization.RequestLogs");

    public void Stored(int entries) => _stored.Add(entries);

    /// <summary>Counts an entry that the queue dropped, because it was full or closed.</summary>
    public void DroppedByQueue() => _dropped.Add(1, new KeyValuePair<string, object?>("reason", "queue"));

    /// <summary>Counts entries that the store failed to write.</summary>
    public void DroppedByStore(int entries) => _dropped.Add(entries, new KeyValuePair<string, object?>("reason", "store"));

    public void Anonymous(int status) => _anonymous.Add(1, new KeyValuePair<string, object?>("status", status));

    public void Dispose() => Meter.Dispose();
}
