using System.Threading.Channels;

namespace Dojo.Pci.Tokenization.RequestLogs;

/// <summary>
/// Entries that wait to be stored, bounded by their number and by the memory of their bodies: a full queue drops what comes,
/// and counts it.
/// </summary>
internal sealed class RequestLogQueue(RequestLogMetrics metrics)
{
    /// <summary>Most entries that wait.</summary>
    public const int Capacity = 10_000;

    /// <summary>Most bytes of the bodies that wait; being stored are as many again at most. A full queue of the largest bodies would take ten times that.</summary>
    public const long BodyCapacity = 32 * 1024 * 1024;

    private readonly Channel<RequestLogEntry> _entries = Channel.CreateBounded<RequestLogEntry>(Capacity);
    private long _bodies;

    /// <summary>How many wait.</summary>
    public int Count => _entries.Reader.Count;

    /// <summary>Takes an entry; never blocks.</summary>
    public bool TryAdd(RequestLogEntry entry)
    {
        var body = LengthOf(entry);
        if (Interlocked.Add(ref _bodies, body) <= BodyCapacity && _entries.Writer.TryWrite(entry))
        {
            return true;
        }

        Interlocked.Add(ref _bodies, -body);
        metrics.DroppedByQueue();
        return false;
    }

    /// <summary>All that wait now, in the order in which they came.</summary>
    public List<RequestLogEntry> TakeAll()
    {
        var waiting = Count;
        var taken = new List<RequestLogEntry>(waiting);
        while (taken.Count < waiting && _entries.Reader.TryRead(out var entry))
        {
            Interlocked.Add(ref _bodies, -LengthOf(entry));
            taken.Add(entry);
        }

        return taken;
    }

    /// <summary>Completes when there is something to take; false when there never will be again.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken ct) => _entries.Reader.WaitToReadAsync(ct);

    /// <summary>Takes no more entries. Those that wait can still be taken.</summary>
    public void Close() => _entries.Writer.TryComplete();

    private static int LengthOf(RequestLogEntry entry) => entry.Body?.Utf8.Length ?? 0;
}
