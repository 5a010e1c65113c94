using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tokenization.Seeding;

/// <summary>A data set as it is stored.</summary>
/// <param name="Tenant">The sandbox.</param>
/// <param name="Actor">The actor that requested it.</param>
/// <param name="BaseAt">The instant from which its times are counted back, by the sandbox's clock.</param>
/// <param name="Run">Its progress.</param>
internal sealed record StoredSeedRun(Tenant Tenant, string Actor, DateTimeOffset BaseAt, SeedRun Run);

/// <summary>A payment of a data set, in its final state.</summary>
/// <param name="Intent">The payment intent.</param>
/// <param name="Events">Its history.</param>
/// <param name="Moves">Its statuses after the first, with the time of each.</param>
/// <param name="Settlement">Its refund or reversal; null if there is none.</param>
internal sealed record SeededPayment(
    StoredPaymentIntent Intent, IReadOnlyList<PaymentIntentEvent> Events, IReadOnlyList<(PaymentIntentStatus Status, DateTimeOffset At)> Moves, StoredSettlement? Settlement);

/// <summary>A token of a data set.</summary>
/// <param name="First">Its state after the answer to its creation.</param>
/// <param name="Last">Its final state; the same as <paramref name="First"/> if its status has not changed since.</param>
/// <param name="Events">Its history.</param>
/// <param name="Payment">Its payment; null if there is none.</param>
/// <param name="IsAnnounced">Whether it sends events to webhook endpoints.</param>
internal sealed record SeededToken(StoredSetupIntent First, StoredSetupIntent Last, IReadOnlyList<SetupIntentEvent> Events, SeededPayment? Payment, bool IsAnnounced);

/// <summary>Whether a data set was begun, and if not, why.</summary>
internal enum SeedBegin
{
    /// <summary>It was begun.</summary>
    Begun,

    /// <summary>Another data set is being made.</summary>
    Busy,

    /// <summary>The sandbox is being emptied.</summary>
    Emptying,
}

/// <summary>Stores the data sets of sandboxes: for each location, the latest.</summary>
internal interface ISeedStore
{
    /// <summary>Begins a data set, replacing the one that has ended, and stores its audit entry, in one transaction.</summary>
    Task<SeedBegin> BeginAsync(StoredSeedRun run, AuditEntry entry);

    /// <summary>Finds the latest data set of a sandbox, or null.</summary>
    Task<StoredSeedRun?> FindAsync(Tenant tenant, CancellationToken ct);

    /// <summary>Lists the data sets that are being made, of all accounts.</summary>
    Task<IReadOnlyList<StoredSeedRun>> ListRunningAsync(CancellationToken ct);

    /// <summary>
    /// Stores the next tokens of a data set and its new progress, in one transaction: each token is stored once, even after a crash or if another
    /// process makes the same tokens.
    /// </summary>
    /// <param name="run">The data set as it was read: its progress must be unchanged.</param>
    /// <param name="tokens">The next tokens.</param>
    /// <param name="ended">Makes the audit entry that is stored with the last token.</param>
    /// <returns>The data set as it is now; null if it is no longer being made or its progress has changed, in which case nothing was stored.</returns>
    Task<StoredSeedRun?> InsertAsync(StoredSeedRun run, IReadOnlyList<SeededToken> tokens, Func<SeedRun, AuditEntry> ended);

    /// <summary>Stops the data set that is being made, and stores the audit entry.</summary>
    /// <returns>Whether a data set was being made.</returns>
    Task<bool> StopAsync(Tenant tenant, DateTimeOffset at, AuditEntry entry);
}
