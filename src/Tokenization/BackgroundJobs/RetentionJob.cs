using Dojo.Pci.Tokenization.Idempotency;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tokenization.BackgroundJobs;

/// <summary>What time alone brings about: one run expires, destroys and forgets all that is due.</summary>
internal sealed class RetentionJob(JobRunner runner, DueSweep sweep, IIdempotencyStore idempotency, IReceiptStore receipts, IErasure erasure, TimeProvider clock) : IBackgroundJob
{
    /// <summary>How long a request can be repeated under its idempotency key.</summary>
    internal static readonly TimeSpan IdempotencyRetention = TimeSpan.FromHours(24);

    /// <summary>How long a receipt is kept, with the addresses it goes to.</summary>
    internal static readonly TimeSpan ReceiptRetention = TimeSpan.FromDays(30);

    /// <summary>
    /// Expires what has expired and destroys card data that is not to be kept any longer, of every tenant; drops old idempotency
    /// keys and receipts; and sees to it that what was deleted, here or on request, is gone from the files.
    /// </summary>
    public async Task RunOnceAsync(CancellationToken ct)
    {
        await runner.ForEachTenantAsync(tenant => sweep.SweepAsync(tenant, int.MaxValue, ct), ct);
        await idempotency.DropOlderThanAsync(clock.GetUtcNow() - IdempotencyRetention);
        await receipts.DropOlderThanAsync(clock.GetUtcNow() - ReceiptRetention);
        await erasure.ForgetDeletedAsync();
    }
}
