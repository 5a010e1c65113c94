using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.BackgroundJobs;
using Dojo.Pci.Tokenization.Faults;

namespace Dojo.Pci.Tokenization.Seeding;

/// <summary>
/// Makes the requested data sets. Each batch is one transaction, so the writer serves others in between, and a restart continues after the last batch.
/// </summary>
internal sealed class SeedingJob(ISeedStore store, SeedMaker maker, JobRunner runner) : IBackgroundJob
{
    // A batch occupies the writer for a few milliseconds.
    private const int AtOnce = 100;

    /// <inheritdoc/>
    public TimeSpan? Pause => TimeSpan.FromSeconds(1);

    /// <summary>Makes the rest of every data set.</summary>
    public async Task RunOnceAsync(CancellationToken ct) => await runner.ForEachAsync(
        await store.ListRunningAsync(ct),
        async run =>
        {
            for (var current = run; current is { Run.Status: SeedStatus.Running }; current = await MakeNextAsync(current, ct))
            {
                ct.ThrowIfCancellationRequested();
            }
        },
        ct);

    private async Task<StoredSeedRun?> MakeNextAsync(StoredSeedRun run, CancellationToken ct) => await store.InsertAsync(
        run,
        await maker.MakeAsync(run, AtOnce, ct),
        ended => AuditActor.Vault(run.Tenant.Account).Entry(
            ended.EndedAt!.Value, AuditAction.SeedEnded, SandboxGate.SubjectOf(run.Tenant), $"{ended.Tokens} tokens and {ended.Payments} payments, seed {ended.Wish.Seed}"));
}
