namespace Dojo.Pci.Tokenization.BackgroundJobs;

/// <summary>Finishes what this node has deleted on request, where it is another one that runs the <see cref="RetentionJob"/>.</summary>
internal sealed class ErasureJob(IErasure erasure) : IBackgroundJob
{
    /// <inheritdoc/>
    public bool IsOfEveryNode => true;

    /// <inheritdoc/>
    public Task RunOnceAsync(CancellationToken ct) => erasure.ForgetDeletedAsync();
}
