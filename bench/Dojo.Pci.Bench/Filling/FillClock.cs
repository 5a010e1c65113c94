namespace Dojo.Pci.Bench.Filling;

/// <summary>
/// The clock of a vault that is being filled. It moves through the last two months, so that tokens are of different days as in real life. Only the
/// current time is simulated; timers run in real time.
/// </summary>
internal sealed class FillClock(TimeProvider real) : TimeProvider
{
    /// <summary>The age of the first rows.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromDays(60);

    private readonly DateTimeOffset _end = real.GetUtcNow();
    private long _ticksBack = Span.Ticks;

    /// <summary>The first day of a filled vault.</summary>
    public DateTimeOffset First => _end - Span;

    public override long TimestampFrequency => real.TimestampFrequency;

    /// <summary>Moves to a share of the span, from 0 to 1.</summary>
    public void MoveTo(double share) => Volatile.Write(ref _ticksBack, (long)((1 - share) * Span.Ticks));

    public override DateTimeOffset GetUtcNow() => _end.AddTicks(-Volatile.Read(ref _ticksBack));

    public override long GetTimestamp() => real.GetTimestamp();
}
