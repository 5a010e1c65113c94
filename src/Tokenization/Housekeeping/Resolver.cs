using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tokenization.Housekeeping;

/// <summary>
/// What an acquirer left open, one round of it: asks about authorizations and charges whose answer got lost. Apart from the
/// <see cref="Housekeeper"/>, for an acquirer that hangs must not keep card data from being destroyed in time.
/// </summary>
internal sealed class Resolver(Chores chores, UnresolvedAuthorizations authorizations, Charges charges) : IRound
{
    /// <summary>Asks about everything, of every tenant, about which it is time to ask.</summary>
    public Task RunOnceAsync(CancellationToken ct) => chores.ForEachTenantAsync(
        async tenant =>
        {
            await chores.ForEachAsync(await authorizations.ListAsync(tenant, ct), authorizations.ResolveAsync, ct);
            await chores.ForEachAsync(await charges.ListAbandonedAsync(tenant, ct), charges.ResolveAsync, ct);
        },
        ct);
}
