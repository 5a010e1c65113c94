namespace Dojo.Pci.Tokenization.Metrics;

/// <summary>Converts between instants and the hours of metrics, which are counted from 1970.</summary>
internal static class MetricHours
{
    /// <summary>Returns the hour that contains an instant.</summary>
    public static long Of(DateTimeOffset instant) => (long)Math.Floor((instant - DateTimeOffset.UnixEpoch).TotalHours);

    /// <summary>Returns the instant at which an hour begins.</summary>
    public static DateTimeOffset Start(long hour) => DateTimeOffset.UnixEpoch.AddHours(hour);
}
