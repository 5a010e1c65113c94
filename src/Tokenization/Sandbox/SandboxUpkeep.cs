using Dojo.Pci.Tokenization.BackgroundJobs;
using Dojo.Pci.Tokenization.Faults;

namespace Dojo.Pci.Tokenization.Sandbox;

/// <summary>Ends faults and removes throwaway sandboxes when their time is over, and erases the data of sandboxes that are being emptied.</summary>
internal sealed class SandboxUpkeep(Sandboxes sandboxes, SandboxFaults faults, ISandboxStore store, JobRunner runner, TimeProvider clock) : IBackgroundJob
{
    // Longer than any request takes: one that was admitted before the removal still writes its answer and its request log entry after it.
    private static readonly TimeSpan s_untilNothingComes = TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    public TimeSpan? Pause => TimeSpan.FromSeconds(1);

    /// <summary>Ends faults, removes throwaway sandboxes, and erases everything that can be erased now.</summary>
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
