using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.Customers;

/// <summary>
/// Customers and their saved cards. A card is saved by tokenizing it with <c>customer.id</c>, and paid with in a payment intent that names it
/// together with a secret of the customer.
/// </summary>
public interface ICustomerService
{
    /// <summary>Creates a customer.</summary>
    Task<Customer> CreateAsync(Caller caller, CustomerRequest request);

    /// <summary>Those of a tenant's customers whose ids are named; the ids of others, and of deleted ones, are passed over.</summary>
    Task<IReadOnlyList<Customer>> GetAsync(Tenant tenant, IReadOnlyCollection<string> ids, CancellationToken ct);

    /// <summary>A page of a tenant's customers. <see cref="Refusal.Invalid"/> when a cursor names no customer.</summary>
    Task<Result<CustomerList>> SearchAsync(Tenant tenant, PageRequest page, CancellationToken ct);

    /// <summary>Changes what the request names; an empty text removes what there was. Or <see cref="Refusal.NotFound"/>.</summary>
    Task<Result<Customer>> UpdateAsync(Caller caller, string id, CustomerRequest request);

    /// <summary>
    /// Deletes a customer: what is known of it, its secrets and its saved cards, whose tokens are closed. <see cref="Refusal.NotFound"/>, or
    /// <see cref="Refusal.Conflict"/> while one of its cards is being charged.
    /// </summary>
    /// <returns>Null when it is done.</returns>
    Task<Refusal?> DeleteAsync(Caller caller, string id);

    /// <summary>A new secret of a customer, good for 15 minutes beside those made before. Or <see cref="Refusal.NotFound"/>.</summary>
    Task<Result<CustomerSecret>> CreateSecretAsync(Caller caller, string id);

    /// <summary>The saved cards of a customer, for anyone with its secret. Null when that is not a good one.</summary>
    Task<CustomerCards?> ListCardsAsync(string id, string secret, CancellationToken ct);

    /// <summary>
    /// Removes a saved card, for anyone with the secret of the customer: its token is closed, and the card data goes. Null when the secret is not a
    /// good one; else what became of it, <see cref="Refusal.NotFound"/> or <see cref="Refusal.Conflict"/> while the card is being charged among it.
    /// </summary>
    Task<Result<CustomerCards>?> RemoveCardAsync(string id, string secret, string cardId);
}
