namespace Dojo.Pci.Tokenization.Fairness;

/// <summary>
/// Lets few run at a time and the rest wait, where the callers take turns: the next to run is the oldest request of the caller whose turn it is.
/// So a caller with one request waits for at most one of each other caller, however many those have sent.
/// </summary>
/// <typeparam name="T">By what callers are told apart: an address, an account.</typeparam>
/// <param name="turns">How many may run at a time.</param>
public sealed class FairTurns<T>(int turns)
    where T : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<T, Queue<TaskCompletionSource>> _waiting = [];
    private readonly Queue<T> _order = new(); // each caller that waits, once
    private int _free = turns;

    /// <summary>Waits for a turn, to be given back with <see cref="Release"/>.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled; there is nothing to give back.</exception>
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
                Release(); // it came in the same moment
            }

            throw;
        }
    }

    /// <summary>Gives a turn back, to the next caller.</summary>
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

    // Null when the turn is taken, or what completes once it is.
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

    // The caller goes to the end of the line with what else it has. Those that stopped waiting are passed by.
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
