using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tokenization.Seeding;

/// <summary>A data set that is being made, or was.</summary>
/// <param name="Tenant">The sandbox.</param>
/// <param name="Actor">Who asked for it.</param>
/// <param name="BaseAt">The moment that its times are counted back from, by the sandbox's clock.</param>
/// <param name="Run">How far it is.</param>
internal sealed record StoredSeedRun(Tenant Tenant, string Actor, DateTimeOffset BaseAt, SeedRun Run);

/// <summary>A payment of a data set, as it is in the end.</summary>
/// <param name="Intent">The payment intent.</param>
/// <param name="Events">Its history.</param>
/// <param name="Moves">The statuses that it had after the first, with the time of each.</param>
/// <param name="Settlement">Its refund or reversal; null without one.</param>
internal sealed record SeededPayment(
    StoredPaymentIntent Intent, IReadOnlyList<PaymentIntentEvent> Events, IReadOnlyList<(PaymentIntentStatus Status, DateTimeOffset At)> Moves, StoredSettlement? Settlement);

/// <summary>A token of a data set.</summary>
/// <param name="First">As it was made.</param>
/// <param name="Last">As it is in the end; the same where nothing has become of it.</param>
/// <param name="Events">Its history.</param>
/// <param name="Payment">Its payment; null without one.</param>
/// <param name="IsAnnounced">Whether webhook endpoints are told of it.</param>
internal sealed record SeededToken(StoredSetupIntent First, StoredSetupIntent Last, IReadOnlyList<SetupIntentEvent> Events, SeededPayment? Payment, bool IsAnnounced);

/// <summary>Why a data set was not begun.</summary>
internal enum SeedBegin
{
    /// <summary>It was.</summary>
    Begun,

    /// <summary>Another one is being made.</summary>
    Busy,

    /// <summary>The sandbox is being emptied.</summary>
    Emptying,
}

/// <summary>Data sets of sandboxes: one for a location, the latest.</summary>
internal interface ISeedStore
{
    /// <summary>Begins one in place of one that has ended, with its entry, in one transaction.</summary>
    Task<SeedBegin> BeginAsync(StoredSeedRun run, AuditEntry entry);

    /// <summary>The latest of a sandbox, or null.</summary>
    Task<StoredSeedRun?> FindAsync(Tenant tenant, CancellationToken ct);

    /// <summary>Those that are being made, of all accounts.</summary>
    Task<IReadOnlyList<StoredSeedRun>> ListRunningAsync(CancellationToken ct);

    /// <summary>
    /// Stores the next tokens of a data set and how far it is with them, in one transaction: each is stored once, also after a crash and should
    /// another process make the same.
    /// </summary>
    /// <param name="run">The data set as it was read: it must still be so far.</param>
    /// <param name="tokens">The next tokens.</param>
    /// <param name="ended">The entry that is made with the last of them.</param>
    /// <returns>The data set as it is now; null when it is no longer being made, or is further already, and then nothing was stored.</returns>
    Task<StoredSeedRun?> InsertAsync(StoredSeedRun run, IReadOnlyList<SeededToken> tokens, Func<SeedRun, AuditEntry> ended);

    /// <summary>Stops the one that is being made, with the entry.</summary>
    /// <returns>Whether there was one.</returns>
    Task<bool> StopAsync(Tenant tenant, DateTimeOffset at, AuditEntry entry);
}
