using System.Threading.Channels;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Fairness;

namespace Dojo.Pci.Tokenization.RequestLogs;

/// <summary>
/// The entries that wait to be stored, bounded by their number and by the memory of their bodies. A full queue drops new entries and counts them. API keys
/// share it fairly, so that a key that floods it loses its own entries and not those of others.
/// </summary>
internal sealed class RequestLogQueue(RequestLogMetrics metrics)
{
    /// <summary>The most waiting entries of one key. All keys together may have twice as many, so that there is room for the shares of the others.</summary>
    public const int Capacity = 10_000;

    /// <summary>
    /// The most bytes of waiting bodies of one key. All keys together may have twice as many, and at most as many again are being stored. A queue full of
    /// the largest bodies would take ten times that.
    /// </summary>
    public const int BodyCapacity = 32 * 1024 * 1024;

    private readonly Channel<RequestLogEntry> _entries = Channel.CreateBounded<RequestLogEntry>(2 * Capacity);
    private readonly FairShares<ApiKeyId> _counted = new(Capacity, most: 2 * Capacity);
    private readonly FairShares<ApiKeyId> _bodies = new(BodyCapacity, most: 2 * BodyCapacity);

    /// <summary>The number of waiting entries.</summary>
    public int Count => _entries.Reader.Count;

    /// <summary>Adds an entry; never blocks. False if it was dropped.</summary>
    public bool TryAdd(RequestLogEntry entry)
    {
        if (TryReserve(entry))
        {
            if (_entries.Writer.TryWrite(entry))
            {
                return true;
            }

            Free(entry);
        }

        metrics.DroppedByQueue();
        return false;
    }

    /// <summary>Takes all entries that wait now, in the order of their arrival.</summary>
    public List<RequestLogEntry> TakeAll()
    {
        var waiting = Count;
        var taken = new List<RequestLogEntry>(waiting);
        while (taken.Count < waiting && _entries.Reader.TryRead(out var entry))
        {
            Free(entry);
            taken.Add(entry);
        }

        return taken;
    }

    /// <summary>Completes with true when there is an entry to take, or with false when the queue is closed and empty.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken ct) => _entries.Reader.WaitToReadAsync(ct);

    /// <summary>Closes the queue to new entries. Those that wait can still be taken.</summary>
    public void Close() => _entries.Writer.TryComplete();

    private bool TryReserve(RequestLogEntry entry)
    {
        var (key, body) = (KeyOf(entry), LengthOf(entry));
        if (!_counted.TryEnter(key))
        {
            return false;
        }

        if (body == 0 || _bodies.TryEnter(key, count: body))
        {
            return true;
        }

        _counted.Leave(key);
        return false;
    }

    private void Free(RequestLogEntry entry)
    {
        var (key, body) = (KeyOf(entry), LengthOf(entry));
        _counted.Leave(key);
        if (body > 0)
        {
            _bodies.Leave(key, body);
        }
    }

    // Requests without a key count as one caller.
    private static ApiKeyId KeyOf(RequestLogEntry entry) => entry.Key ?? default;

    private static int LengthOf(RequestLogEntry entry) => entry.Body?.Utf8.Length ?? 0;
}
