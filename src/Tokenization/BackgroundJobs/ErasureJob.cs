namespace Dojo.Pci.Tokenization.BackgroundJobs;

/// <summary>Finishes the deletions that this node made on request, even if another node runs the <see cref="RetentionJob"/>.</summary>
internal sealed class ErasureJob(IErasure erasure) : IBackgroundJob
{
    /// <inheritdoc/>
    public bool IsOfEveryNode => true;

    /// <inheritdoc/>
    public Task RunOnceAsync(CancellationToken ct) => erasure.ForgetDeletedAsync();
}
