using System.Net;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.ApiKeys;

/// <summary>
/// Recognises API keys, and what operators and members do with them. Every change holds from the next request on in this process, and within
/// 5 seconds on every node, and is in the audit trail. A key of another account or place is not found.
/// </summary>
public interface IApiKeyService
{
    /// <summary>
    /// The live key that was presented, or null: unknown, malformed, deleted and expired keys take the same way through the
    /// code, so that neither answer nor time tells them apart.
    /// </summary>
    ValueTask<ApiKey?> AuthenticateAsync(ReadOnlySpan<char> presented, CancellationToken ct);

    /// <summary>Makes a key for an operator, or at the first start. The secret exists only in what is returned here.</summary>
    Task<(ApiKey Key, ApiKeySecret Secret)> CreateAsync(NewApiKey key, CancellationToken ct);

    /// <summary>Deletes a key for good, for an operator.</summary>
    /// <returns>Whether there was such a key.</returns>
    Task<bool> RevokeAsync(Tenant tenant, ApiKeyId id, CancellationToken ct);

    /// <summary>A key was found in public: one of a sandbox is deleted for good at once. One of production goes on working, for deleting it would stop payments: people are told, and decide.</summary>
    /// <param name="hash">The SHA-256 of its secret.</param>
    /// <param name="detail">Where it was found, for the audit trail.</param>
    /// <param name="from">Who found it.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The key as it was; null where there is none that is not deleted.</returns>
    Task<ApiKey?> DiscloseAsync(byte[] hash, string detail, IPAddress? from, CancellationToken ct);

    /// <summary>The keys of a location that are not deleted, in both environments, oldest first.</summary>
    Task<IReadOnlyList<ApiKey>> ListAsync(Location location, CancellationToken ct);

    /// <summary>Why a member must not change keys of an environment, or null: to be asked before they are shown a form.</summary>
    Refusal? RefuseChanges(SignedInMember who, TenantEnvironment environment);

    /// <summary>The keys of a place.</summary>
    Task<Result<ApiKeyList>> ListAsync(SignedInMember who, Tenant tenant, ApiKeyFilter filter, CancellationToken ct);

    /// <summary>A key, also one that is deleted.</summary>
    Task<Result<ManagedApiKey>> GetAsync(SignedInMember who, Tenant tenant, ApiKeyId id, CancellationToken ct);

    /// <summary>Makes a key. Its secret exists only in what is returned here. A form that was sent before is a conflict.</summary>
    Task<Result<MadeApiKey>> CreateAsync(SignedInMember who, Tenant tenant, ApiKeyDraft draft, CancellationToken ct);

    /// <summary>Calls a key something else.</summary>
    Task<Result<ManagedApiKey>> RenameAsync(SignedInMember who, Tenant tenant, ApiKeyId id, string? name);

    /// <summary>
    /// Changes what a key may do, from where and until when. A key that expired longer than <see cref="ManagedApiKey.Grace"/> ago
    /// stays expired: another expiry is <see cref="Refusal.WrongState"/>.
    /// </summary>
    Task<Result<ManagedApiKey>> LimitAsync(SignedInMember who, Tenant tenant, ApiKeyId id, ApiKeyLimits limits);

    /// <summary>
    /// Makes a key to take the place of another. Both are taken until the old one retires. A key is rolled once, its successor
    /// after that.
    /// </summary>
    Task<Result<MadeApiKey>> RollAsync(SignedInMember who, Tenant tenant, ApiKeyId id, ApiKeyRoll roll);

    /// <summary>Has a key refused from an instant on; null for now. It can be undone for <see cref="ManagedApiKey.Grace"/> after that.</summary>
    Task<Result<ManagedApiKey>> RetireAsync(SignedInMember who, Tenant tenant, ApiKeyId id, DateTimeOffset? at);

    /// <summary>Undoes a retirement, also one that has not taken effect yet.</summary>
    Task<Result<ManagedApiKey>> BringBackAsync(SignedInMember who, Tenant tenant, ApiKeyId id);

    /// <summary>Deletes a key for good.</summary>
    /// <param name="who">Who.</param>
    /// <param name="tenant">Whose key.</param>
    /// <param name="id">The key.</param>
    /// <param name="typedName">The key's name, typed, to show that it is meant.</param>
    Task<Result<ManagedApiKey>> DeleteAsync(SignedInMember who, Tenant tenant, ApiKeyId id, string? typedName);
}
