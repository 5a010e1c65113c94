using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tokenization.BackgroundJobs;

/// <summary>
/// Asks about authorizations, charges and settlements whose answer got lost, and releases or captures what was authorized and not captured
/// in time. Apart from the
/// <see cref="RetentionJob"/>, for an acquirer that hangs must not keep card data from being destroyed in time.
/// </summary>
internal sealed class ReconciliationJob(JobRunner runner, UnresolvedAuthorizations authorizations, Charges charges, Settlements settlements) : IBackgroundJob
{
    /// <summary>Asks about everything, of every tenant, about which it is time to ask.</summary>
    public Task RunOnceAsync(CancellationToken ct) => runner.ForEachTenantAsync(
        async tenant =>
        {
            await runner.ForEachAsync(await authorizations.ListAsync(tenant, ct), authorizations.ResolveAsync, ct);
            await runner.ForEachAsync(await charges.ListAbandonedAsync(tenant, ct), charges.ResolveAsync, ct);
            await runner.ForEachAsync(
                await settlements.ListAbandonedAsync(tenant, ct), open => settlements.ResolveAsync(open.Payment, open.Settlement), ct);
            await runner.ForEachAsync(await settlements.ListDueAsync(tenant, ct), settlements.SettleDueAsync, ct);
        },
        ct);
}
