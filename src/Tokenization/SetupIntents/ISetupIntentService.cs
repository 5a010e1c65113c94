using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Idempotency;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.SetupIntents;

/// <summary>The operations on setup intents. The API and the portal pages call the same methods.</summary>
public interface ISetupIntentService
{
    /// <summary>
    /// Tokenizes a card (DESIGN D3): authorizes it within the call, seals it, and stores all of it or nothing. The setup intent is on disk before this
    /// returns.
    /// </summary>
    /// <param name="caller">The caller.</param>
    /// <param name="request">A validated request; the caller disposes it.</param>
    /// <param name="idempotencyKey">Makes the request safe to repeat: the same key with the same request returns the first answer.</param>
    /// <param name="audit">The audit entry about the new token, stored in the same transaction, when a member asks; otherwise null.</param>
    /// <returns>
    /// The setup intent as it was created, or <see cref="Refusal.Conflict"/>: the location requires unique references and the reference is taken,
    /// or the idempotency key was used for another request or for one that is still running.
    /// </returns>
    /// <exception cref="UnavailableException">Nothing was stored; try again.</exception>
    Task<Result<SetupIntent>> CreateAsync(Caller caller, SetupIntentRequest request, IdempotencyKey? idempotencyKey, AuditEntry? audit = null);

    /// <summary>
    /// Creates several setup intents. Each succeeds or is refused independently; all that succeed are stored in one transaction, before this returns.
    /// </summary>
    /// <param name="caller">The caller.</param>
    /// <param name="items">Validated requests, which the caller disposes, and the refusals of those that broke a rule of form; at most 100.</param>
    /// <param name="idempotencyKey">Makes the whole batch safe to repeat.</param>
    /// <returns>One answer for each item, in the same order; or <see cref="Refusal.Conflict"/> because of the idempotency key.</returns>
    /// <exception cref="UnavailableException">Nothing was stored; try again.</exception>
    Task<Result<SetupIntentBatch>> CreateBatchAsync(Caller caller, IReadOnlyList<Result<SetupIntentRequest>> items, IdempotencyKey? idempotencyKey);

    /// <summary>Returns a tenant's setup intent with its history, up to date, or <see cref="Refusal.NotFound"/>.</summary>
    Task<Result<SetupIntent>> GetAsync(Tenant tenant, string id, CancellationToken ct);

    /// <summary>Returns what anyone who knows the token may see of a setup intent: no history, card or secret. Or <see cref="Refusal.NotFound"/>.</summary>
    Task<Result<SetupIntent>> GetPublicAsync(string id, CancellationToken ct);

    /// <summary>
    /// Cancels a created setup intent, or closes an authorized one, and destroys its card data. <see cref="Refusal.WrongState"/>
    /// in any other status, for <c>Authorized</c> without <paramref name="includeAuthorized"/>, while it is being charged, and when another change
    /// was first. When a member asks, <paramref name="audit"/> is added to the audit trail in the same transaction.
    /// </summary>
    Task<Result<SetupIntent>> DeleteAsync(Caller caller, string id, bool includeAuthorized, AuditEntry? audit = null);

    /// <summary>Renews the client session secret, and changes nothing else. <see cref="Refusal.WrongState"/> once the setup intent is finished.</summary>
    Task<Result<SetupIntent>> RenewClientSecretAsync(Tenant tenant, string id);

    /// <summary>Renews the client session secret for anyone who knows the token. The answer has no history and no card.</summary>
    Task<Result<SetupIntent>> RenewClientSecretPublicAsync(string id);

    /// <summary>
    /// Returns a page of a tenant's setup intents, newest first, up to date; or <see cref="Refusal.Invalid"/> when a cursor is no token of the tenant's
    /// environment.
    /// </summary>
    /// <param name="tenant">The owner of the setup intents.</param>
    /// <param name="filter">The conditions that they must satisfy.</param>
    /// <param name="limit">The most items to return, 1 to 100.</param>
    /// <param name="before">Returns only items newer than this token: the page next to it. Excludes <paramref name="after"/>.</param>
    /// <param name="after">Returns only items older than this token.</param>
    /// <param name="ct">Cancels the request.</param>
    Task<Result<SetupIntentList>> ListAsync(Tenant tenant, SetupIntentFilter filter, int limit, string? before, string? after, CancellationToken ct);
}
