using Dojo.Pci.Tokenization.Idempotency;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tokenization.BackgroundJobs;

/// <summary>Applies what is due by time alone: one run expires tokens, destroys card data and deletes old records.</summary>
internal sealed class RetentionJob(JobRunner runner, DueSweep sweep, IIdempotencyStore idempotency, IReceiptStore receipts, IErasure erasure, TimeProvider clock) : IBackgroundJob
{
    /// <summary>How long a request can be repeated under its idempotency key.</summary>
    internal static readonly TimeSpan IdempotencyRetention = TimeSpan.FromHours(24);

    /// <summary>How long a receipt is kept, with the addresses it is sent to.</summary>
    internal static readonly TimeSpan ReceiptRetention = TimeSpan.FromDays(30);

    /// <summary>
    /// Expires tokens and destroys card data at the end of its retention, for every tenant; deletes old idempotency keys and
    /// receipts; and removes what was deleted, here or on request, from the files.
    /// </summary>
    public async Task RunOnceAsync(CancellationToken ct)
    {
        await runner.ForEachTenantAsync(tenant => sweep.SweepAsync(tenant, int.MaxValue, ct), ct);
        await idempotency.DropOlderThanAsync(clock.GetUtcNow() - IdempotencyRetention);
        await receipts.DropOlderThanAsync(clock.GetUtcNow() - ReceiptRetention);
        await erasure.ForgetDeletedAsync();
    }
}
