using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tokenization.Customers;

/// <summary>What became of the wish to remove saved cards.</summary>
internal enum RemovalOutcome
{
    /// <summary>They are removed.</summary>
    Done,

    /// <summary>There is no such customer, or no such card of it.</summary>
    NotFound,

    /// <summary>One of them is being charged. Nothing was changed.</summary>
    Busy,
}

/// <summary>Customers, their secrets, and which tokens are their saved cards. Each method is one transaction, with its audit entry where it has one.</summary>
internal interface ICustomerStore
{
    Task InsertAsync(StoredCustomer customer, AuditEntry audit);

    Task<StoredCustomer?> FindAsync(Tenant tenant, long recordId, CancellationToken ct);

    /// <summary>The customer of a secret, and until when that is good, by its hash alone: the caller checks both.</summary>
    Task<(StoredCustomer Customer, DateTimeOffset ExpiresAt)?> FindBySecretAsync(TenantEnvironment environment, byte[] hash, CancellationToken ct);

    /// <summary>A tenant's customers: newest first, or with <paramref name="newerThan"/> those next to it.</summary>
    Task<IReadOnlyList<StoredCustomer>> ListAsync(Tenant tenant, long? newerThan, long? olderThan, int limit, CancellationToken ct);

    /// <summary>Changes what is known of a customer.</summary>
    /// <returns>The customer after it; null when there is none.</returns>
    Task<StoredCustomer?> UpdateAsync(Tenant tenant, long recordId, string sentJson, DateTimeOffset at, AuditEntry audit);

    /// <summary>Deletes a customer with its secrets, and closes the tokens of its cards.</summary>
    Task<RemovalOutcome> DeleteAsync(Tenant tenant, long recordId, DateTimeOffset at, AuditEntry audit);

    /// <summary>Stores a secret; of the customer's others, those that have expired go.</summary>
    /// <returns>Whether there is such a customer.</returns>
    Task<bool> InsertSecretAsync(Tenant tenant, long recordId, byte[] hash, DateTimeOffset now, DateTimeOffset expiresAt);

    /// <summary>The tokens that are saved cards of a customer and can be charged, newest first.</summary>
    Task<IReadOnlyList<StoredSetupIntent>> ListCardsAsync(StoredCustomer customer, CancellationToken ct);

    /// <summary>The token that is this saved card of a customer; null when it is none, or none any more.</summary>
    Task<StoredSetupIntent?> FindCardAsync(StoredCustomer customer, long tokenRecordId, CancellationToken ct);

    /// <summary>The same for a tenant, no matter whose card it is.</summary>
    Task<StoredSetupIntent?> FindCardAsync(Tenant tenant, long tokenRecordId, CancellationToken ct);

    /// <summary>Removes a saved card, and closes its token.</summary>
    Task<RemovalOutcome> RemoveCardAsync(StoredCustomer customer, long tokenRecordId, DateTimeOffset at, string actor);
}
