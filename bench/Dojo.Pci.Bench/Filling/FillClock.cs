namespace Dojo.Pci.Bench.Filling;

/// <summary>
/// The time in a vault that is being filled: it goes through the last two months, so that tokens are of different days as in real life. Only what
/// time it is; timers run as ever.
/// </summary>
internal sealed class FillClock(TimeProvider real) : TimeProvider
{
    /// <summary>How long ago the first rows are.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromDays(60);

    private readonly DateTimeOffset _end = real.GetUtcNow();
    private long _ticksBack = Span.Ticks;

    /// <summary>The first day of a filled vault.</summary>
    public DateTimeOffset First => _end - Span;

    public override long TimestampFrequency => real.TimestampFrequency;

    /// <summary>Goes to a share of the span, from 0 to 1.</summary>
    public void MoveTo(double share) => Volatile.Write(ref _ticksBack, (long)((1 - share) * Span.Ticks));

    public override DateTimeOffset GetUtcNow() => _end.AddTicks(-Volatile.Read(ref _ticksBack));

    public override long GetTimestamp() => real.GetTimestamp();
}
