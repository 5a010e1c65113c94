namespace Dojo.Pci.Tokenization.Housekeeping;

/// <summary>Work that is done again and again while the process serves.</summary>
internal interface IRound
{
    /// <summary>The pause between two rounds; null for the usual one (<see cref="HousekeepingOptions.Interval"/>).</summary>
    TimeSpan? Pause => null;

    /// <summary>Does all of it that there is to do now.</summary>
    Task RunOnceAsync(CancellationToken ct);
}
