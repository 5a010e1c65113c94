using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Idempotency;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.SetupIntents;

/// <summary>What can be done with setup intents. The API and the pages call the same methods.</summary>
public interface ISetupIntentService
{
    /// <summary>
    /// Tokenizes a card (DESIGN D3): authorizes it within the call, seals it, and stores all of it or nothing. When this
    /// answers, it is on disk.
    /// </summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="request">A validated request; the caller disposes it.</param>
    /// <param name="idempotencyKey">Makes repeating safe: the same key with the same request gives the first answer again.</param>
    /// <param name="audit">What is added to the audit trail with it, about the new token; for a member.</param>
    /// <returns>
    /// The setup intent as it was created, or <see cref="Refusal.Conflict"/>: the reference is taken where the location
    /// wants them unique, or the idempotency key came with another request or is still being worked on.
    /// </returns>
    /// <exception cref="UnavailableException">Nothing was stored; try again.</exception>
    Task<Result<SetupIntent>> CreateAsync(Caller caller, SetupIntentRequest request, IdempotencyKey? idempotencyKey, AuditEntry? audit = null);

    /// <summary>
    /// Makes several setup intents, each judged by itself: those that are made are stored in one transaction, before this answers.
    /// </summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="items">Validated requests, which the caller disposes, and the refusals of those that broke a rule of form; at most 100.</param>
    /// <param name="idempotencyKey">Makes repeating the whole safe.</param>
    /// <returns>One answer for each item, in their order; or <see cref="Refusal.Conflict"/> because of the idempotency key.</returns>
    /// <exception cref="UnavailableException">Nothing was stored; try again.</exception>
    Task<Result<SetupIntentBatch>> CreateBatchAsync(Caller caller, IReadOnlyList<Result<SetupIntentRequest>> items, IdempotencyKey? idempotencyKey);

    /// <summary>A tenant's setup intent with its history, up to date, or <see cref="Refusal.NotFound"/>.</summary>
    Task<Result<SetupIntent>> GetAsync(Tenant tenant, string id, CancellationToken ct);

    /// <summary>What anyone who knows the token may see of a setup intent: no history and no secret. Or <see cref="Refusal.NotFound"/>.</summary>
    Task<Result<SetupIntent>> GetPublicAsync(string id, CancellationToken ct);

    /// <summary>
    /// Cancels a created setup intent, or closes an authorized one, and destroys its card data. <see cref="Refusal.WrongState"/>
    /// from any other status, without <paramref name="includeAuthorized"/> from <c>Authorized</c>, while it is being charged, and
    /// when another change was first. <paramref name="audit"/> is added to the audit trail with it, for a member.
    /// </summary>
    Task<Result<SetupIntent>> DeleteAsync(Caller caller, string id, bool includeAuthorized, AuditEntry? audit = null);

    /// <summary>Renews the client session secret, and changes nothing else. <see cref="Refusal.WrongState"/> once it is finished.</summary>
    Task<Result<SetupIntent>> RenewClientSecretAsync(Tenant tenant, string id);

    /// <summary>The same for anyone who knows the token; the answer has no history.</summary>
    Task<Result<SetupIntent>> RenewClientSecretPublicAsync(string id);

    /// <summary>
    /// A page of a tenant's setup intents, newest first, up to date; or <see cref="Refusal.Invalid"/> where a cursor is no token
    /// of the tenant's environment.
    /// </summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="filter">What they must satisfy.</param>
    /// <param name="limit">At most how many, 1 to 100.</param>
    /// <param name="before">Only those newer than this token: the page next to it. Excludes <paramref name="after"/>.</param>
    /// <param name="after">Only those older than this token.</param>
    /// <param name="ct">Cancels.</param>
    Task<Result<SetupIntentList>> ListAsync(Tenant tenant, SetupIntentFilter filter, int limit, string? before, string? after, CancellationToken ct);
}
