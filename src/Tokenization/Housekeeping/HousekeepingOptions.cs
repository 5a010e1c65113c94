using System.ComponentModel.DataAnnotations;

namespace Dojo.Pci.Tokenization.Housekeeping;

/// <summary>Settings of housekeeping (section <c>Housekeeping</c>).</summary>
public sealed class HousekeepingOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Housekeeping";

    /// <summary>
    /// The pause between two rounds: the longest, but for the work of a round itself, that something due waits when nobody reads
    /// it. One minute by default; from a second to a day.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(1);
}
