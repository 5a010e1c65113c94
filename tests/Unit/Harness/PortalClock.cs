namespace Dojo.Pci.Tests.Unit.Harness;

/// <summary>The portal's calendar, which stands still until a test moves it. Durations pass as they really do.</summary>
public sealed class PortalClock : TimeProvider
{
    private long _ticks = new DateTimeOffset(2026, 3, 4, 9, 15, 27, 123, 456, TimeSpan.Zero).Ticks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public void Advance(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);

    public void SetTo(DateTimeOffset instant) => Interlocked.Exchange(ref _ticks, instant.UtcTicks);
}
