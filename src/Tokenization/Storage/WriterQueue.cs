using System.Threading.Channels;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Storage;

/// <summary>What waits for a writer: bounded, first come first served, and taken in batches by the writer's own thread.</summary>
/// <param name="overflow">What callers are told when it is full.</param>
internal sealed class WriterQueue(string overflow)
{
    private const int Length = 8192;

    /// <summary>The most that one commit takes.</summary>
    public const int LargestBatch = 256;

    // Anyone who writes wakes the writer's thread itself: nothing but that thread's waiting hangs on the queue, and a detour over
    // the thread pool would come first otherwise.
    private readonly Channel<IWriterWork> _queue = Channel.CreateBounded<IWriterWork>(
        new BoundedChannelOptions(Length) { SingleReader = true, AllowSynchronousContinuations = true });

    private Task<bool>? _waiting;

    public int Count => _queue.Reader.Count;

    public bool HasWork => _queue.Reader.TryPeek(out _);

    /// <exception cref="UnavailableException">It is full.</exception>
    public Task<T> Enqueue<T>(WriterWork<T> work)
    {
        if (!_queue.Writer.TryWrite(work))
        {
            throw new UnavailableException(overflow);
        }

        return work.Task;
    }

    /// <summary>Takes no more.</summary>
    public void Complete() => _queue.Writer.TryComplete();

    /// <summary>Waits by blocking, which the thread may: it is the writer's alone.</summary>
    /// <param name="longest">After which it comes back in any case.</param>
    /// <returns>False once there is nothing left, and there will be no more.</returns>
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

    /// <summary>Takes the next for a batch that has room.</summary>
    public IWriterWork? TryTake(List<IWriterWork> batch)
    {
        if (batch.Count == LargestBatch || !_queue.Reader.TryRead(out var work))
        {
            return null;
        }

        batch.Add(work);
        return work;
    }

    /// <summary>Takes all that waits, however much it is.</summary>
    public void TakeAll(List<IWriterWork> batch)
    {
        while (_queue.Reader.TryRead(out var waiting))
        {
            batch.Add(waiting);
        }
    }
}
