namespace Dojo.Pci.Tokenization.Housekeeping;

/// <summary>Settings of housekeeping (section <c>Housekeeping</c>).</summary>
public sealed class HousekeepingOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Housekeeping";

    /// <summary>
    /// The pause between two rounds: the longest, but for the work of a round itself, that something due waits when nobody reads
    /// it. One minute by default, at least a second.
    /// </summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(1);
}
