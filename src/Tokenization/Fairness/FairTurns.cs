namespace Dojo.Pci.Tokenization.Fairness;

/// <summary>
/// Limits how many requests run at a time. The others wait, and their callers take turns: the oldest request of the caller whose turn it is runs next.
/// A caller with one request therefore waits for at most one request of each other caller, however many those have sent.
/// </summary>
/// <typeparam name="T">The type that identifies a caller: an address, an account.</typeparam>
/// <param name="turns">The number of requests that may run at a time.</param>
public sealed class FairTurns<T>(int turns)
    where T : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<T, Queue<TaskCompletionSource>> _waiting = [];
    private readonly Queue<T> _order = new(); // each waiting caller, once
    private int _free = turns;

    /// <summary>Waits for a turn, which the caller releases with <see cref="Release"/>.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled; there is no turn to release.</exception>
    public async ValueTask WaitAsync(T caller, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (TryTake(caller) is not { } turn)
        {
            return;
        }

        try
        {
            await turn.Task.WaitAsync(ct);
        }
        catch (OperationCanceledException)
        {
            if (!turn.TrySetCanceled(ct))
            {
                Release(); // the turn was given at the same moment
            }

            throw;
        }
    }

    /// <summary>Releases a turn and gives it to the next caller.</summary>
    public void Release()
    {
        lock (_gate)
        {
            while (_order.TryDequeue(out var caller))
            {
                if (TryGiveTo(caller))
                {
                    return;
                }
            }

            _free++;
        }
    }

    // Returns null if a turn was free and is taken; otherwise a source that completes once the turn is given.
    private TaskCompletionSource? TryTake(T caller)
    {
        lock (_gate)
        {
            if (_free > 0)
            {
                _free--;
                return null;
            }

            if (!_waiting.TryGetValue(caller, out var queue))
            {
                _waiting.Add(caller, queue = new Queue<TaskCompletionSource>());
                _order.Enqueue(caller);
            }

            var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            queue.Enqueue(turn);
            return turn;
        }
    }

    // Skips requests that stopped waiting. A caller with more requests goes to the end of the order.
    private bool TryGiveTo(T caller)
    {
        var queue = _waiting[caller];
        var isGiven = false;
        while (!isGiven && queue.TryDequeue(out var turn))
        {
            isGiven = turn.TrySetResult();
        }

        if (queue.Count > 0)
        {
            _order.Enqueue(caller);
        }
        else
        {
            _waiting.Remove(caller);
        }

        return isGiven;
    }
}
