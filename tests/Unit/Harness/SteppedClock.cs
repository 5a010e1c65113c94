using Microsoft.Extensions.Time.Testing;

namespace Dojo.Pci.Tests.Unit.Harness;

/// <summary>A clock that stands still until it is moved. A test can wait until something waits on it.</summary>
internal sealed class SteppedClock() : FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 9, 30, 0, TimeSpan.Zero))
{
    private readonly Lock _gate = new();
    private readonly List<WatchedTimer> _timers = [];
    private TaskCompletionSource _timerSet = NewSignal();

    /// <summary>Advances once something waits that the step will wake: whatever is only about to wait would miss the step.</summary>
    public async Task AdvanceOnceAwaitedAsync(TimeSpan by)
    {
        while (true)
        {
            Task timerSet;
            lock (_gate)
            {
                if (_timers.Exists(timer => timer.IsDueWithin(by)))
                {
                    break;
                }

                timerSet = _timerSet.Task;
            }

            await timerSet.WaitAsync(TestContext.Current.CancellationToken);
        }

        Advance(by);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new WatchedTimer(this, base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
        timer.Change(dueTime, period);
        return timer;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Watch(WatchedTimer timer)
    {
        lock (_gate)
        {
            _timers.Remove(timer);
            _timers.Add(timer);
            _timerSet.SetResult();
            _timerSet = NewSignal();
        }
    }

    private void Forget(WatchedTimer timer)
    {
        lock (_gate)
        {
            _timers.Remove(timer);
        }
    }

    private sealed class WatchedTimer(SteppedClock clock, ITimer timer) : ITimer
    {
        private DateTimeOffset? _due;
        private TimeSpan _period;

        public bool IsDueWithin(TimeSpan time)
        {
            var now = clock.GetUtcNow();
            return _period > TimeSpan.Zero ? _period <= time || (_due > now && _due <= now + time) : _due > now && _due <= now + time;
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            (_due, _period) = (dueTime < TimeSpan.Zero ? null : clock.GetUtcNow() + dueTime, period);
            var changed = timer.Change(dueTime, period);
            clock.Watch(this);
            return changed;
        }

        public void Dispose()
        {
            clock.Forget(this);
            timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            clock.Forget(this);
            return timer.DisposeAsync();
        }
    }
}
