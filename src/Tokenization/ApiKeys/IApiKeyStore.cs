using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;

namespace Dojo.Pci.Tokenization.ApiKeys;

/// <summary>A key with the hash under which it is stored.</summary>
/// <param name="Key">The key.</param>
/// <param name="Hash">The SHA-256 of its secret.</param>
internal sealed record StoredApiKey(ApiKey Key, byte[] Hash);

/// <summary>A key to store.</summary>
/// <param name="Key">The properties of the key.</param>
/// <param name="Secret">Its secret, of which only the hash is stored.</param>
/// <param name="At">When it is created.</param>
/// <param name="CreatedBy">The actor who creates it: <c>member:7</c>, or <c>operator</c>.</param>
/// <param name="FormId">The form, which creates only one key; null for none.</param>
/// <param name="Entry">The audit entry. The store sets its subject to the key, once that has an id.</param>
internal sealed record ApiKeyInsertion(NewApiKey Key, ApiKeySecret Secret, DateTimeOffset At, string CreatedBy, string? FormId, AuditEntry Entry);

/// <summary>A change of a key.</summary>
/// <param name="Before">The key as it was read. If it has changed since, nothing is stored.</param>
/// <param name="After">The key after the change.</param>
/// <param name="Entry">The audit entry; null when nothing changes and nothing is to be stored.</param>
internal sealed record ApiKeyChange(ManagedApiKey Before, ManagedApiKey After, AuditEntry? Entry);

/// <summary>The outcome of storing a change.</summary>
internal enum ApiKeyOutcome
{
    /// <summary>The change is stored.</summary>
    Done,

    /// <summary>The key has changed since it was read: read it again.</summary>
    Changed,

    /// <summary>The form has already created a key.</summary>
    FormSent,
}

/// <summary>Stores API keys, and only the hashes of their secrets. Each change and its audit entry are one transaction.</summary>
internal interface IApiKeyStore
{
    /// <summary>Finds the key with this hash that is not deleted; null when there is none. The only lookup without a tenant: it finds the tenant.</summary>
    Task<StoredApiKey?> FindByHashAsync(byte[] hash, CancellationToken ct);

    /// <summary>Lists all keys of a tenant, including deleted ones, newest first.</summary>
    Task<IReadOnlyList<ManagedApiKey>> ListAsync(Tenant tenant, CancellationToken ct);

    /// <summary>Finds a tenant's key, even a deleted one; null when there is none.</summary>
    Task<ManagedApiKey?> FindAsync(Tenant tenant, ApiKeyId id, CancellationToken ct);

    /// <summary>Whether a form of an account has created a key.</summary>
    Task<bool> WasSentAsync(AccountId account, string formId, CancellationToken ct);

    /// <summary>Adds a key. Returns null when its form has already created one.</summary>
    Task<ManagedApiKey?> InsertAsync(ApiKeyInsertion insertion);

    /// <summary>Stores a change of a key.</summary>
    Task<ApiKeyOutcome> UpdateAsync(ApiKeyChange change);

    /// <summary>Stores a change of a key, and adds its successor.</summary>
    /// <returns>The outcome, and the new key if the outcome is <see cref="ApiKeyOutcome.Done"/>.</returns>
    Task<(ApiKeyOutcome Outcome, ManagedApiKey? Successor)> RollAsync(ApiKeyChange change, ApiKeyInsertion successor);
}
