using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;

namespace Dojo.Pci.Tokenization.Sandbox;

/// <summary>A sandbox that is being emptied.</summary>
/// <param name="Sandbox">Whose data goes.</param>
/// <param name="IsRemoved">Whether nothing of it stays; else what belongs to the location itself stays: keys, webhook subscriptions, settings.</param>
/// <param name="AskedAt">When it was asked for. What was made since stays, unless it hangs on what goes.</param>
internal sealed record SandboxErasure(Tenant Sandbox, bool IsRemoved, DateTimeOffset AskedAt);

/// <summary>Throwaway sandboxes, and the emptying of sandboxes.</summary>
internal interface ISandboxStore
{
    /// <summary>Stores a sandbox, its key and the entries that say so, in one transaction; null where the account has as many as <paramref name="most"/>.</summary>
    Task<ThrowawaySandbox?> TryCreateAsync(NewSandbox sandbox, int most);

    /// <summary>The throwaway sandboxes of an account, newest first.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="known">Only those that this location has made, and itself; null for all.</param>
    /// <param name="ct">Cancels.</param>
    Task<IReadOnlyList<ThrowawaySandbox>> ListAsync(AccountId account, LocationId? known, CancellationToken ct);

    /// <summary>The throwaway sandboxes whose time is over, of all accounts.</summary>
    Task<IReadOnlyList<(AccountId Account, ThrowawaySandbox Sandbox)>> ListOverAsync(DateTimeOffset now, CancellationToken ct);

    /// <summary>Removes a throwaway sandbox: its keys are deleted, it is listed nowhere, and its data is to be erased. In one transaction with the entry.</summary>
    /// <returns>Whether it did: not when it was removed before.</returns>
    Task<bool> TryRemoveAsync(ThrowawaySandbox sandbox, AuditEntry entry);

    /// <summary>Begins to empty a sandbox, whose clock shows the real time again. In one transaction with the entry.</summary>
    Task BeginResetAsync(Tenant tenant, AuditEntry entry);

    /// <summary>How far the emptying of a sandbox is; null where it is not being emptied.</summary>
    Task<ResetProgress?> FindResetAsync(Tenant tenant, CancellationToken ct);

    /// <summary>What time does to the tokens and payments of a sandbox up to an instant of its clock.</summary>
    Task<DueCounts> CountDueAsync(Tenant tenant, DateTimeOffset until, CancellationToken ct);

    /// <summary>The sandboxes that are being emptied.</summary>
    Task<IReadOnlyList<SandboxErasure>> ListErasuresAsync(CancellationToken ct);

    /// <summary>Erases some of what is left of a sandbox, in one transaction.</summary>
    /// <param name="erasure">What goes.</param>
    /// <param name="mayEnd">Whether nothing can come any more: once nothing is left it is over.</param>
    /// <returns>Whether there may be more that can be erased now. A token can be once it is in the index.</returns>
    Task<bool> EraseSomeAsync(SandboxErasure erasure, bool mayEnd);
}
