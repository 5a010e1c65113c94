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

    /// <summary>Most characters of the bodies that wait: 64 MB. A full queue of the largest bodies would take ten times that.</summary>
    public const long BodyCapacity = 32 * 1024 * 1024;

    private readonly Channel<RequestLogEntry> _entries = Channel.CreateBounded<RequestLogEntry>(Capacity);
    private long _bodies;

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

    /// <summary>The next entries, none when none wait.</summary>
    public List<RequestLogEntry> Take(int most)
    {
        var taken = new List<RequestLogEntry>();
        while (taken.Count < most && _entries.Reader.TryRead(out var entry))
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

    private static int LengthOf(RequestLogEntry entry) => entry.Body?.Length ?? 0;
}
