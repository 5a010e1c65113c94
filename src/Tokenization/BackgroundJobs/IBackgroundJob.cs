namespace Dojo.Pci.Tokenization.BackgroundJobs;

/// <summary>Work that is done repeatedly while the process runs.</summary>
internal interface IBackgroundJob
{
    /// <summary>The pause between two runs; null for the default (<see cref="BackgroundJobOptions.Interval"/>).</summary>
    TimeSpan? Pause => null;

    /// <summary>Whether each node runs the job for itself; otherwise one node runs it for all.</summary>
    bool IsOfEveryNode => false;

    /// <summary>Does all the work that is due now.</summary>
    Task RunOnceAsync(CancellationToken ct);
}
