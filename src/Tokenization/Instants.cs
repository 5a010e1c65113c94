namespace Dojo.Pci.Tokenization;

/// <summary>Time as it is stored: whole microseconds since 1970, which both engines keep exactly.</summary>
internal static class Instants
{
    /// <summary>The instant without what the store would lose, so that the first answer equals every later one.</summary>
    public static DateTimeOffset ToMicroseconds(DateTimeOffset instant) => FromUnix(ToUnix(instant));

    public static long ToUnix(DateTimeOffset instant) => (instant - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    public static long? ToUnix(DateTimeOffset? instant) => instant is { } known ? ToUnix(known) : null;

    public static DateTimeOffset? FromUnix(long? microseconds) => microseconds is { } known ? FromUnix(known) : null;

    public static DateTimeOffset FromUnix(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
}
