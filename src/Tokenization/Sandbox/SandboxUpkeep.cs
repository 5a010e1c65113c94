using Dojo.Pci.Tokenization.BackgroundJobs;
using Dojo.Pci.Tokenization.Faults;

namespace Dojo.Pci.Tokenization.Sandbox;

/// <summary>What time brings about in sandboxes: throwaway ones are removed and erased, and faults end.</summary>
internal sealed class SandboxUpkeep(Sandboxes sandboxes, SandboxFaults faults, ISandboxStore store, JobRunner runner, TimeProvider clock) : IBackgroundJob
{
    // Longer than a request takes that was let in before: its answer and its entry in the request log come after the removal.
    private static readonly TimeSpan s_untilNothingComes = TimeSpan.FromMinutes(2);

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
                var mayEnd = !erasure.IsRemoved || clock.GetUtcNow() >= erasure.AskedAt + s_untilNothingComes;
                while (await store.EraseSomeAsync(erasure, mayEnd))
                {
                    ct.ThrowIfCancellationRequested();
                }
            },
            ct);
    }
}
