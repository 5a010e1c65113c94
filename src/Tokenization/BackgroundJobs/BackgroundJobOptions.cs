using System.ComponentModel.DataAnnotations;

namespace Dojo.Pci.Tokenization.BackgroundJobs;

/// <summary>
/// Settings of the background jobs. The section keeps its old name <c>Housekeeping</c>, because renaming it would silently drop settings that are in use.
/// </summary>
public sealed class BackgroundJobOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Housekeeping";

    /// <summary>
    /// The pause between two runs. Apart from the duration of a run, it is the longest time that something due waits if no request
    /// reads it. One minute by default; from a second to a day.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(1);
}
