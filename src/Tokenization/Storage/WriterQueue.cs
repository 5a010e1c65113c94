using System.Threading.Channels;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Storage;

/// <summary>A bounded first-in, first-out queue of work for a writer, whose own thread takes it in batches.</summary>
/// <param name="overflow">The message for callers when the queue is full.</param>
internal sealed class WriterQueue(string overflow)
{
    private const int Length = 8192;

    /// <summary>The most pieces of work in one commit.</summary>
    public const int LargestBatch = 256;

    // A caller wakes the writer's thread directly. Only that thread waits on the queue, so the synchronous continuation is short and saves a detour through
    // the thread pool.
    private readonly Channel<IWriterWork> _queue = Channel.CreateBounded<IWriterWork>(
        new BoundedChannelOptions(Length) { SingleReader = true, AllowSynchronousContinuations = true });

    private Task<bool>? _waiting;

    public int Count => _queue.Reader.Count;

    public bool HasWork => _queue.Reader.TryPeek(out _);

    /// <exception cref="UnavailableException">The queue is full.</exception>
    public Task<T> Enqueue<T>(WriterWork<T> work)
    {
        if (!_queue.Writer.TryWrite(work))
        {
            throw new UnavailableException(overflow);
        }

        return work.Task;
    }

    /// <summary>Stops accepting work.</summary>
    public void Complete() => _queue.Writer.TryComplete();

    /// <summary>Blocks until there is work. The thread belongs to the writer alone, so it may block.</summary>
    /// <param name="longest">The longest time to wait.</param>
    /// <returns>False once the queue is empty and completed.</returns>
    public bool Wait(TimeSpan longest)
    {
        _waiting ??= _queue.Reader.WaitToReadAsync().AsTask();
        if (!_waiting.Wait(longest))
        {
            return true;
        }

        var hasWork = _waiting.Result;
        _waiting = null;
        return hasWork;
    }

    /// <summary>Takes the next piece of work for a batch; null if the batch is full or the queue empty.</summary>
    public IWriterWork? TryTake(List<IWriterWork> batch)
    {
        if (batch.Count == LargestBatch || !_queue.Reader.TryRead(out var work))
        {
            return null;
        }

        batch.Add(work);
        return work;
    }

    /// <summary>Takes everything that waits, without a limit.</summary>
    public void TakeAll(List<IWriterWork> batch)
    {
        while (_queue.Reader.TryRead(out var waiting))
        {
            batch.Add(waiting);
        }
    }
}
