namespace Dojo.Pci.Tokenization;

/// <summary>Converts between instants and stored times: whole microseconds since 1970, which both engines store exactly.</summary>
internal static class UnixTime
{
    /// <summary>Truncates an instant to the precision of the store, so that the first answer equals every later one.</summary>
    public static DateTimeOffset Truncate(DateTimeOffset instant) => ToInstant(Of(instant));

    public static long Of(DateTimeOffset instant) => (instant - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    public static long? Of(DateTimeOffset? instant) => instant is { } known ? Of(known) : null;

    public static DateTimeOffset? ToInstant(long? microseconds) => microseconds is { } known ? ToInstant(known) : null;

    public static DateTimeOffset ToInstant(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
}
