using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Idempotency;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tokenization.Housekeeping;

/// <summary>What is to be done for one tenant: expiring, destroying card data, and resolving what an acquirer left open.</summary>
internal sealed class TenantChores(DueSweep sweep, UnresolvedAuthorizations authorizations, Charges charges)
{
    public async Task DoAsync(Tenant tenant, CancellationToken ct)
    {
        await authorizations.ResolveAsync(tenant, ct);
        await charges.ResolveAbandonedAsync(tenant, ct);
        await sweep.SweepAsync(tenant, ct);
    }
}

/// <summary>One round of housekeeping; <see cref="HousekeepingLoop"/> runs it again and again.</summary>
internal sealed class Housekeeper(
    IAccountStore accounts, TenantChores chores, IIdempotencyStore idempotency, IErasure erasure, TimeProvider clock)
{
    /// <summary>How long a request can be repeated under its idempotency key.</summary>
    internal static readonly TimeSpan IdempotencyRetention = TimeSpan.FromHours(24);

    /// <summary>
    /// Does the chores of every tenant; drops old idempotency keys; and sees to it that what was deleted, here or on request, is
    /// gone from the files.
    /// </summary>
    public async Task RunOnceAsync(CancellationToken ct)
    {
        foreach (var location in await accounts.ListLocationsAsync(ct))
        {
            foreach (var environment in Enum.GetValues<TenantEnvironment>())
            {
                await chores.DoAsync(new Tenant(location.Account, location.Id, environment), ct);
            }
        }

        await idempotency.DropOlderThanAsync(clock.GetUtcNow() - IdempotencyRetention);
        await erasure.ForgetDeletedAsync();
    }
}
