using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tokenization.BackgroundJobs;

/// <summary>
/// Asks the acquirer about authorizations, charges and settlements whose answer was lost, and releases or captures amounts that were authorized and
/// not captured in time. It is separate from the <see cref="RetentionJob"/>, because an acquirer that hangs must not delay the destruction of card data.
/// </summary>
internal sealed class ReconciliationJob(JobRunner runner, UnresolvedAuthorizations authorizations, Charges charges, Settlements settlements) : IBackgroundJob
{
    /// <summary>Resolves and settles everything that is due, for every tenant.</summary>
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
