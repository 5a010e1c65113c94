namespace Dojo.Pci.Tokenization.BackgroundJobs;

/// <summary>Work that is done again and again while the process serves.</summary>
internal interface IBackgroundJob
{
    /// <summary>The pause between two runs; null for the usual one (<see cref="BackgroundJobOptions.Interval"/>).</summary>
    TimeSpan? Pause => null;

    /// <summary>Whether each node does it for itself; else one node does it for all.</summary>
    bool IsOfEveryNode => false;

    /// <summary>Does all of it that there is to do now.</summary>
    Task RunOnceAsync(CancellationToken ct);
}
