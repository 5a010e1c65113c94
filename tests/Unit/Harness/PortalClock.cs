using Microsoft.Extensions.Time.Testing;

namespace Dojo.Pci.Tests.Unit.Harness;

/// <summary>The portal's calendar, which stands still until a test moves it. Elapsed time is real, because a whole host waits on it.</summary>
public sealed class PortalClock() : FakeTimeProvider(new DateTimeOffset(2026, 3, 4, 9, 15, 27, 123, 456, TimeSpan.Zero))
{
    public override long TimestampFrequency => System.TimestampFrequency;

    public override long GetTimestamp() => System.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => System.CreateTimer(callback, state, dueTime, period);

    /// <summary>Sets the time, backwards too.</summary>
    public void SetTo(DateTimeOffset instant) => AdjustTime(instant);
}
