using System.Net;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.ApiKeys;

/// <summary>
/// Authenticates API keys, and manages them for operators and members. Every change takes effect with the next request in this process and
/// within 5 seconds on every node, and is in the audit trail. A key of another tenant is not found.
/// </summary>
public interface IApiKeyService
{
    /// <summary>
    /// Returns the live key that was presented, or null. Unknown, malformed, deleted and expired keys take the same path through the
    /// code, so that neither the answer nor its timing tells them apart.
    /// </summary>
    ValueTask<ApiKey?> AuthenticateAsync(ReadOnlySpan<char> presented, CancellationToken ct);

    /// <summary>Creates a key for an operator, or at the first start. The secret exists only in the returned value.</summary>
    Task<(ApiKey Key, ApiKeySecret Secret)> CreateAsync(NewApiKey key, CancellationToken ct);

    /// <summary>Deletes a key permanently, for an operator.</summary>
    /// <returns>Whether there was such a key that was not deleted.</returns>
    Task<bool> RevokeAsync(Tenant tenant, ApiKeyId id, CancellationToken ct);

    /// <summary>
    /// Handles a key that was found in public. A sandbox key is deleted permanently at once. A production key continues to work, because
    /// deleting it would stop payments: people are notified and decide.
    /// </summary>
    /// <param name="hash">The SHA-256 of its secret.</param>
    /// <param name="detail">Where it was found, for the audit trail.</param>
    /// <param name="from">The address of the scanner that reported it.</param>
    /// <param name="ct">Cancels the lookup.</param>
    /// <returns>The key before the change; null when there is none that is not deleted.</returns>
    Task<ApiKey?> DiscloseAsync(byte[] hash, string detail, IPAddress? from, CancellationToken ct);

    /// <summary>Lists the keys of a location that are not deleted, in both environments, oldest first.</summary>
    Task<IReadOnlyList<ApiKey>> ListAsync(Location location, CancellationToken ct);

    /// <summary>Returns why a member must not change keys of an environment, or null. To be called before showing them a form.</summary>
    Refusal? RefuseChanges(SignedInMember who, TenantEnvironment environment);

    /// <summary>Lists the keys of a tenant, newest first.</summary>
    Task<Result<ApiKeyList>> ListAsync(SignedInMember who, Tenant tenant, ApiKeyFilter filter, CancellationToken ct);

    /// <summary>Gets a key, even a deleted one.</summary>
    Task<Result<ManagedApiKey>> GetAsync(SignedInMember who, Tenant tenant, ApiKeyId id, CancellationToken ct);

    /// <summary>Creates a key. Its secret exists only in the returned value. A form that was sent before is a <see cref="Refusal.Conflict"/>.</summary>
    Task<Result<MadeApiKey>> CreateAsync(SignedInMember who, Tenant tenant, ApiKeyDraft draft, CancellationToken ct);

    /// <summary>Renames a key.</summary>
    Task<Result<ManagedApiKey>> RenameAsync(SignedInMember who, Tenant tenant, ApiKeyId id, string? name);

    /// <summary>
    /// Changes what a key may do, from where and until when. A key that expired more than <see cref="ManagedApiKey.Grace"/> ago stays
    /// expired: another expiry is <see cref="Refusal.WrongState"/>.
    /// </summary>
    Task<Result<ManagedApiKey>> LimitAsync(SignedInMember who, Tenant tenant, ApiKeyId id, ApiKeyLimits limits);

    /// <summary>
    /// Creates a key that replaces another. Both are accepted until the old one retires. A key can be rolled only once; after that,
    /// roll its successor.
    /// </summary>
    Task<Result<MadeApiKey>> RollAsync(SignedInMember who, Tenant tenant, ApiKeyId id, ApiKeyRoll roll);

    /// <summary>Retires a key at an instant; null for now. The key is then refused, which can be undone for <see cref="ManagedApiKey.Grace"/>.</summary>
    Task<Result<ManagedApiKey>> RetireAsync(SignedInMember who, Tenant tenant, ApiKeyId id, DateTimeOffset? at);

    /// <summary>Undoes a retirement, whether or not it has taken effect.</summary>
    Task<Result<ManagedApiKey>> BringBackAsync(SignedInMember who, Tenant tenant, ApiKeyId id);

    /// <summary>Deletes a key permanently.</summary>
    /// <param name="who">The member who deletes it.</param>
    /// <param name="tenant">The tenant of the key.</param>
    /// <param name="id">The key.</param>
    /// <param name="typedName">The key's name, typed as a confirmation.</param>
    Task<Result<ManagedApiKey>> DeleteAsync(SignedInMember who, Tenant tenant, ApiKeyId id, string? typedName);
}
