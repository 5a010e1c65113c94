namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>
/// Limits the rate at which events are sent. Callers of the API wait for their answers, and events can wait. While many callers wait at once and the process
/// uses more than half of its processors, the rate falls step by step, but never below <see cref="Fewest"/> per second. Otherwise nothing is held back, because
/// a busy process that keeps nobody waiting does its job. Events wait for turns, so a subscription can have no more turns than it may have attempts in flight.
/// </summary>
internal sealed class WebhookPace
{
    /// <summary>The lowest rate limit, in events per second.</summary>
    public const int Fewest = 100;

    /// <summary>The rate, in events per second, that counts as no limit.</summary>
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

    /// <summary>Measures the processor time of this process, and how many writes share a commit.</summary>
    public WebhookPace(IWebhookDeliveryStore store, TimeProvider clock)
        : this(clock, () => Environment.CpuUsage.TotalTime, () => store.WritesPerCommit)
    {
    }

    /// <summary>Uses the given measures: the processor time of all processors together, and the writes per commit.</summary>
    internal WebhookPace(TimeProvider clock, Func<TimeSpan> processorTime, Func<double> writesPerCommit)
    {
        (_clock, _processorTime, _writesPerCommit) = (clock, processorTime, writesPerCommit);
        (_lookedAt, _used) = (clock.GetTimestamp(), processorTime());
    }

    /// <summary>Whether events are held back now.</summary>
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

    // Turns that are close together go together: waking up for each one costs more than sending it.
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
