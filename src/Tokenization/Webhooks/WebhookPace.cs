namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>
/// How quickly events are sent. Those who call the API wait for their answers, and events can wait: while many callers wait at once and the process uses much of the
/// processors that it has, fewer and fewer events are sent, <see cref="Fewest"/> a second at least. Otherwise nothing is held back: a process that does much and
/// keeps nobody waiting does what it is there for. What waits takes turns, so that no subscription has more of what there is than the number that may be under way to it.
/// </summary>
internal sealed class WebhookPace
{
    /// <summary>How many events are sent in a second at least, if they are there.</summary>
    public const int Fewest = 100;

    /// <summary>How many a second are as good as no limit.</summary>
    public const int Most = 20_000;

    private const double Busy = 0.5;
    private const double Crowd = 6;
    private const int TicksPerSecond = 10;

    private static readonly TimeSpan s_lookEvery = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly Func<TimeSpan> _processorTime;
    private readonly Func<double> _writesPerCommit;
    private long _lookedAt;
    private TimeSpan _used;
    private int _turns;
    private double _perSecond = Most;
    private long _nextTurn;

    /// <summary>Goes by the processor time of this process, and by how many callers share a commit.</summary>
    public WebhookPace(IWebhookDeliveryStore store, TimeProvider clock)
        : this(clock, () => Environment.CpuUsage.TotalTime, () => store.WritesPerCommit)
    {
    }

    /// <summary>Goes by a measure of what all processors together have done, and by one of how many wait at once.</summary>
    internal WebhookPace(TimeProvider clock, Func<TimeSpan> processorTime, Func<double> writesPerCommit)
    {
        (_clock, _processorTime, _writesPerCommit) = (clock, processorTime, writesPerCommit);
        (_lookedAt, _used) = (clock.GetTimestamp(), processorTime());
    }

    /// <summary>Whether events give way now.</summary>
    public bool IsHeldBack
    {
        get
        {
            lock (_gate)
            {
                Look(_clock.GetTimestamp());
                return _perSecond < Most;
            }
        }
    }

    /// <summary>Waits until an event may be sent.</summary>
    public Task TurnAsync(CancellationToken ct)
    {
        var pause = Next();
        return pause > TimeSpan.Zero ? Task.Delay(pause, _clock, ct) : Task.CompletedTask;
    }

    private TimeSpan Next()
    {
        lock (_gate)
        {
            var now = _clock.GetTimestamp();
            Look(now);
            _turns++;
            if (_perSecond >= Most)
            {
                return TimeSpan.Zero;
            }

            var turn = Math.Max(now, _nextTurn);
            _nextTurn = turn + (long)(_clock.TimestampFrequency / _perSecond);
            return turn == now ? TimeSpan.Zero : _clock.GetElapsedTime(now, EndOfTick(turn));
        }
    }

    // Those whose turn comes soon after one another go together: to wake up for each alone costs more than to send it.
    private long EndOfTick(long turn)
    {
        var tick = _clock.TimestampFrequency / TicksPerSecond;
        return (turn + tick - 1) / tick * tick;
    }

    private void Look(long now)
    {
        var elapsed = _clock.GetElapsedTime(_lookedAt, now);
        if (elapsed < s_lookEvery)
        {
            return;
        }

        var used = _processorTime();
        var rate = Math.Min(_perSecond, _turns / elapsed.TotalSeconds);
        var isBusy = used - _used > elapsed * Environment.ProcessorCount * Busy && _writesPerCommit() > Crowd;
        _perSecond = isBusy ? Math.Max(Fewest, rate / 2) : Math.Min(Most, _perSecond * 2);
        (_lookedAt, _used, _turns) = (now, used, 0);
    }
}
