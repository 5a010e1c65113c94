using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.ApiKeys;

/// <summary>What becomes of a key, with the entry that says so; no entry where nothing changes.</summary>
internal sealed record ApiKeyChange(ManagedApiKey After, AuditEntry? Entry);

/// <summary>A key to be stored.</summary>
internal sealed record ApiKeyInsertion(NewApiKey Key, ApiKeySecret Secret, DateTimeOffset At, string CreatedBy, string FormId)
{
    /// <summary>The entry that says so, once the key has an id.</summary>
    public required Func<ApiKeyId, AuditEntry> Entry { get; init; }
}

/// <summary>API keys as members see and change them. Each change, and the entry that says so, is one transaction.</summary>
internal interface IManagedApiKeyStore
{
    /// <summary>All keys of a tenant, newest first, the deleted ones too.</summary>
    Task<IReadOnlyList<ManagedApiKey>> ListAsync(Tenant tenant, CancellationToken ct);

    /// <summary>A tenant's key, also a deleted one.</summary>
    Task<ManagedApiKey?> FindAsync(Tenant tenant, ApiKeyId id, CancellationToken ct);

    /// <summary>Adds a key; null when its form has made one before.</summary>
    Task<ManagedApiKey?> InsertAsync(ApiKeyInsertion insertion);

    /// <summary>Decides on a key as it is at that moment, and stores what becomes of it. Null when there is no such key.</summary>
    Task<Result<ManagedApiKey>?> ChangeAsync(Tenant tenant, ApiKeyId id, Func<ManagedApiKey, Result<ApiKeyChange>> decide);

    /// <summary>Like <see cref="ChangeAsync"/>, and adds the key that follows it. A form that has made one before is a conflict.</summary>
    Task<Result<ManagedApiKey>?> RollAsync(
        Tenant tenant, ApiKeyId id, string formId, Func<ManagedApiKey, Result<ApiKeyInsertion>> follow, Func<ManagedApiKey, ApiKey, ApiKeyChange> retire);
}
