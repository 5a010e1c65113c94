using Dojo.Pci.Tokenization.BackgroundJobs;
using Dojo.Pci.Tokenization.Faults;

namespace Dojo.Pci.Tokenization.Sandbox;

/// <summary>What time brings about in sandboxes: throwaway ones are removed and erased, and faults end.</summary>
internal sealed class SandboxUpkeep(Sandboxes sandboxes, SandboxFaults faults, ISandboxStore store, JobRunner runner) : IBackgroundJob
{
    /// <inheritdoc/>
    public TimeSpan? Pause => TimeSpan.FromSeconds(1);

    /// <summary>Ends what is over, and erases all that can be erased now.</summary>
    public async Task RunOnceAsync(CancellationToken ct)
    {
        await faults.EndOverAsync(ct);
        await sandboxes.RemoveOverAsync(ct);
        await runner.ForEachAsync(
            await store.ListErasuresAsync(ct),
            async erasure =>
            {
                while (await store.EraseSomeAsync(erasure))
                {
                    ct.ThrowIfCancellationRequested();
                }
            },
            ct);
    }
}
