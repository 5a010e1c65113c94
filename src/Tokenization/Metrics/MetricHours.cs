namespace Dojo.Pci.Tokenization.Metrics;

/// <summary>Hours as figures count them: since 1970.</summary>
internal static class MetricHours
{
    /// <summary>The hour in which an instant is.</summary>
    public static long Of(DateTimeOffset instant) => (long)Math.Floor((instant - DateTimeOffset.UnixEpoch).TotalHours);

    /// <summary>When an hour begins.</summary>
    public static DateTimeOffset Start(long hour) => DateTimeOffset.UnixEpoch.AddHours(hour);
}
