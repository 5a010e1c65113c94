using System.ComponentModel.DataAnnotations;

namespace Dojo.Pci.Tokenization.BackgroundJobs;

/// <summary>Settings of the background jobs. The section is called <c>Housekeeping</c>, as it always was: renaming it would silently drop settings that are in use.</summary>
public sealed class BackgroundJobOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Housekeeping";

    /// <summary>
    /// The pause between two runs: the longest, but for the work of a run itself, that something due waits when nobody reads
    /// it. One minute by default; from a second to a day.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(1);
}
