using System.Threading.Channels;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Fairness;

namespace Dojo.Pci.Tokenization.RequestLogs;

/// <summary>
/// Entries that wait to be stored, bounded by their number and by the memory of their bodies: a full queue drops what comes,
/// and counts it. Keys share it, so that one that floods loses entries of its own and not those of others.
/// </summary>
internal sealed class RequestLogQueue(RequestLogMetrics metrics)
{
    /// <summary>Most entries of one key that wait; of all keys together twice as many, so that there is room for the others' parts.</summary>
    public const int Capacity = 10_000;

    /// <summary>
    /// Most bytes of the bodies of one key that wait, and of all keys twice as many; being stored are as many again at most. A full queue of the largest
    /// bodies would take ten times that.
    /// </summary>
    public const int BodyCapacity = 32 * 1024 * 1024;

    private readonly Channel<RequestLogEntry> _entries = Channel.CreateBounded<RequestLogEntry>(2 * Capacity);
    private readonly FairShares<ApiKeyId> _counted = new(Capacity, most: 2 * Capacity);
    private readonly FairShares<ApiKeyId> _bodies = new(BodyCapacity, most: 2 * BodyCapacity);

    /// <summary>How many wait.</summary>
    public int Count => _entries.Reader.Count;

    /// <summary>Takes an entry; never blocks.</summary>
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

    /// <summary>All that wait now, in the order in which they came.</summary>
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

    /// <summary>Completes when there is something to take; false when there never will be again.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken ct) => _entries.Reader.WaitToReadAsync(ct);

    /// <summary>Takes no more entries. Those that wait can still be taken.</summary>
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

    // Requests without a key are one caller together.
    private static ApiKeyId KeyOf(RequestLogEntry entry) => entry.Key ?? default;

    private static int LengthOf(RequestLogEntry entry) => entry.Body?.Utf8.Length ?? 0;
}
