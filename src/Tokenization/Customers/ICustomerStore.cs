using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tokenization.Customers;

/// <summary>The outcome of removing saved cards.</summary>
internal enum RemovalOutcome
{
    /// <summary>They were removed.</summary>
    Done,

    /// <summary>There is no such customer, or no such card of it.</summary>
    NotFound,

    /// <summary>One of them is being charged. Nothing was changed.</summary>
    Busy,
}

/// <summary>
/// Stores customers, their secrets, and which tokens are their saved cards. Each method is one transaction, including its audit entry if it has one.
/// </summary>
internal interface ICustomerStore
{
    Task InsertAsync(StoredCustomer customer, AuditEntry audit);

    Task<StoredCustomer?> FindAsync(Tenant tenant, long recordId, CancellationToken ct);

    /// <summary>Finds the customer of a secret, and when the secret expires, by its hash alone: the caller checks both.</summary>
    Task<(StoredCustomer Customer, DateTimeOffset ExpiresAt)?> FindBySecretAsync(TenantEnvironment environment, byte[] hash, CancellationToken ct);

    /// <summary>Lists a tenant's customers: newest first, or with <paramref name="newerThan"/> those next to it.</summary>
    Task<IReadOnlyList<StoredCustomer>> ListAsync(Tenant tenant, long? newerThan, long? olderThan, int limit, CancellationToken ct);

    /// <summary>Changes the details of a customer.</summary>
    /// <returns>The changed customer; null if there is none.</returns>
    Task<StoredCustomer?> UpdateAsync(Tenant tenant, long recordId, string sentJson, DateTimeOffset at, AuditEntry audit);

    /// <summary>Deletes a customer with its secrets, and closes the tokens of its cards.</summary>
    Task<RemovalOutcome> DeleteAsync(Tenant tenant, long recordId, DateTimeOffset at, AuditEntry audit);

    /// <summary>Stores a secret, and deletes the customer's expired ones.</summary>
    /// <returns>Whether the customer exists.</returns>
    Task<bool> InsertSecretAsync(Tenant tenant, long recordId, byte[] hash, DateTimeOffset now, DateTimeOffset expiresAt);

    /// <summary>Lists the tokens that are saved cards of a customer and can be charged, newest first.</summary>
    Task<IReadOnlyList<StoredSetupIntent>> ListCardsAsync(StoredCustomer customer, CancellationToken ct);

    /// <summary>Finds the token of a customer's saved card; null if it is not, or no longer, a saved card of the customer.</summary>
    Task<StoredSetupIntent?> FindCardAsync(StoredCustomer customer, long tokenRecordId, CancellationToken ct);

    /// <summary>Finds the token of a saved card of any of a tenant's customers; null if it is not, or no longer, a saved card.</summary>
    Task<StoredSetupIntent?> FindCardAsync(Tenant tenant, long tokenRecordId, CancellationToken ct);

    /// <summary>Removes a saved card, and closes its token.</summary>
    Task<RemovalOutcome> RemoveCardAsync(StoredCustomer customer, long tokenRecordId, DateTimeOffset at, string actor);
}
