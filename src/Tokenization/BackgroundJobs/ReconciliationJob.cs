using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tokenization.BackgroundJobs;

/// <summary>
/// Asks about authorizations and charges whose answer got lost. Apart from the
/// <see cref="RetentionJob"/>, for an acquirer that hangs must not keep card data from being destroyed in time.
/// </summary>
internal sealed class ReconciliationJob(JobRunner runner, UnresolvedAuthorizations authorizations, Charges charges) : IBackgroundJob
{
    /// <summary>Asks about everything, of every tenant, about which it is time to ask.</summary>
    public Task RunOnceAsync(CancellationToken ct) => runner.ForEachTenantAsync(
        async tenant =>
        {
            await runner.ForEachAsync(await authorizations.ListAsync(tenant, ct), authorizations.ResolveAsync, ct);
            await runner.ForEachAsync(await charges.ListAbandonedAsync(tenant, ct), charges.ResolveAsync, ct);
        },
        ct);
}
