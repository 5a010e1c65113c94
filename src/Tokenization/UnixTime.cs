namespace Dojo.Pci.Tokenization;

/// <summary>Time as it is stored: whole microseconds since 1970, which both engines keep exactly.</summary>
internal static class UnixTime
{
    /// <summary>The instant without what the store would lose, so that the first answer equals every later one.</summary>
    public static DateTimeOffset Truncate(DateTimeOffset instant) => ToInstant(Of(instant));

    public static long Of(DateTimeOffset instant) => (instant - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    public static long? Of(DateTimeOffset? instant) => instant is { } known ? Of(known) : null;

    public static DateTimeOffset? ToInstant(long? microseconds) => microseconds is { } known ? ToInstant(known) : null;

    public static DateTimeOffset ToInstant(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
}
