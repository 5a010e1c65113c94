using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;

namespace Dojo.Pci.Tokenization.Sandbox;

/// <summary>A sandbox that is being emptied.</summary>
/// <param name="Sandbox">The sandbox.</param>
/// <param name="IsRemoved">
/// Whether nothing of it stays; otherwise what belongs to the location itself stays: keys, webhook subscriptions, settings.
/// </param>
/// <param name="AskedAt">When it was requested. Data that was made later stays, unless it depends on data that is erased.</param>
internal sealed record SandboxErasure(Tenant Sandbox, bool IsRemoved, DateTimeOffset AskedAt);

/// <summary>Stores throwaway sandboxes, and empties sandboxes.</summary>
internal interface ISandboxStore
{
    /// <summary>Stores a sandbox, its key and their audit entries in one transaction.</summary>
    /// <returns>The sandbox; null if the account already has <paramref name="most"/> throwaway sandboxes.</returns>
    Task<ThrowawaySandbox?> TryCreateAsync(NewSandbox sandbox, int most);

    /// <summary>Lists the throwaway sandboxes of an account, newest first.</summary>
    /// <param name="account">The account.</param>
    /// <param name="known">The location whose sandboxes are listed: those that it has made, and itself; null for all.</param>
    /// <param name="ct">Cancels the query.</param>
    Task<IReadOnlyList<ThrowawaySandbox>> ListAsync(AccountId account, LocationId? known, CancellationToken ct);

    /// <summary>Lists the throwaway sandboxes whose lifetime has ended, of all accounts.</summary>
    Task<IReadOnlyList<(AccountId Account, ThrowawaySandbox Sandbox)>> ListOverAsync(DateTimeOffset now, CancellationToken ct);

    /// <summary>
    /// Removes a throwaway sandbox, in one transaction with the audit entry: this deletes its keys, hides it from all lists, and begins to erase its data.
    /// </summary>
    /// <returns>False if it was removed before.</returns>
    Task<bool> TryRemoveAsync(ThrowawaySandbox sandbox, AuditEntry entry);

    /// <summary>Begins to empty a sandbox and sets its clock to the real time, in one transaction with the audit entry.</summary>
    Task BeginResetAsync(Tenant tenant, AuditEntry entry);

    /// <summary>Finds the progress of a sandbox's reset; null if it is not being emptied.</summary>
    Task<ResetProgress?> FindResetAsync(Tenant tenant, CancellationToken ct);

    /// <summary>Counts the tokens and payments of a sandbox that change up to an instant of its clock.</summary>
    Task<DueCounts> CountDueAsync(Tenant tenant, DateTimeOffset until, CancellationToken ct);

    /// <summary>Lists the sandboxes that are being emptied.</summary>
    Task<IReadOnlyList<SandboxErasure>> ListErasuresAsync(CancellationToken ct);

    /// <summary>Erases some of the remaining data of a sandbox, in one transaction.</summary>
    /// <param name="erasure">The sandbox that is being emptied.</param>
    /// <param name="mayEnd">Whether no more data can arrive, so that the erasure ends when nothing is left.</param>
    /// <returns>Whether there may be more to erase now. A token can be erased once it is in the index.</returns>
    Task<bool> EraseSomeAsync(SandboxErasure erasure, bool mayEnd);
}
