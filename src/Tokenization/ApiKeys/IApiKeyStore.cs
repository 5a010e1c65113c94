using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;

namespace Dojo.Pci.Tokenization.ApiKeys;

/// <summary>A key with the hash it is kept under.</summary>
/// <param name="Key">The key.</param>
/// <param name="Hash">The SHA-256 of its secret.</param>
internal sealed record StoredApiKey(ApiKey Key, byte[] Hash);

/// <summary>A key to be stored.</summary>
/// <param name="Key">What it is to be.</param>
/// <param name="Secret">Its secret, of which the hash is stored.</param>
/// <param name="At">When it is made.</param>
/// <param name="CreatedBy">Who makes it: <c>member:7</c>, or <c>operator</c>.</param>
/// <param name="FormId">The form it was written on, which makes one key alone; null where there is none.</param>
/// <param name="Entry">The entry that says so. Its subject is the key, once that has an id.</param>
internal sealed record ApiKeyInsertion(NewApiKey Key, ApiKeySecret Secret, DateTimeOffset At, string CreatedBy, string? FormId, AuditEntry Entry);

/// <summary>What becomes of a key.</summary>
/// <param name="Before">The key as it was read. Where it has changed since, nothing is stored.</param>
/// <param name="After">What it becomes.</param>
/// <param name="Entry">The entry that says so; null where nothing changes, and nothing is stored.</param>
internal sealed record ApiKeyChange(ManagedApiKey Before, ManagedApiKey After, AuditEntry? Entry);

/// <summary>What became of a change.</summary>
internal enum ApiKeyOutcome
{
    /// <summary>It is stored.</summary>
    Done,

    /// <summary>The key is not what it was when it was read: read it again.</summary>
    Changed,

    /// <summary>The form has made a key before.</summary>
    FormSent,
}

/// <summary>API keys: of their secrets only hashes are kept. Each change, and the entry that says so, is one transaction.</summary>
internal interface IApiKeyStore
{
    /// <summary>The key with this hash that is not deleted, or null. The one look-up without a tenant: it is what finds the tenant.</summary>
    Task<StoredApiKey?> FindByHashAsync(byte[] hash, CancellationToken ct);

    /// <summary>All keys of a tenant, newest first, the deleted ones too.</summary>
    Task<IReadOnlyList<ManagedApiKey>> ListAsync(Tenant tenant, CancellationToken ct);

    /// <summary>A tenant's key, also a deleted one.</summary>
    Task<ManagedApiKey?> FindAsync(Tenant tenant, ApiKeyId id, CancellationToken ct);

    /// <summary>Whether a form of an account has made a key.</summary>
    Task<bool> WasSentAsync(AccountId account, string formId, CancellationToken ct);

    /// <summary>Adds a key; null when its form has made one before.</summary>
    Task<ManagedApiKey?> InsertAsync(ApiKeyInsertion insertion);

    /// <summary>Stores what becomes of a key.</summary>
    Task<ApiKeyOutcome> UpdateAsync(ApiKeyChange change);

    /// <summary>Stores what becomes of a key, and adds the one that follows it.</summary>
    /// <returns>What became of it, and the new key where it is done.</returns>
    Task<(ApiKeyOutcome Outcome, ManagedApiKey? Successor)> RollAsync(ApiKeyChange change, ApiKeyInsertion successor);
}
