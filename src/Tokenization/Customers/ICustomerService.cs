using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.Customers;

/// <summary>
/// Manages customers and their saved cards. A card is saved when it is tokenized with <c>customer.id</c>. A payment intent that names the card and a
/// secret of the customer is paid with it.
/// </summary>
public interface ICustomerService
{
    /// <summary>Creates a customer.</summary>
    Task<Customer> CreateAsync(Caller caller, CustomerRequest request);

    /// <summary>Returns the tenant's customers with the given ids. The ids of other tenants' and of deleted customers are ignored.</summary>
    Task<IReadOnlyList<Customer>> GetAsync(Tenant tenant, IReadOnlyCollection<string> ids, CancellationToken ct);

    /// <summary>Returns a page of a tenant's customers, or <see cref="Refusal.Invalid"/> if a cursor is not valid.</summary>
    Task<Result<CustomerList>> SearchAsync(Tenant tenant, PageRequest page, CancellationToken ct);

    /// <summary>Changes the details that the request names; an empty string removes one. Refuses with <see cref="Refusal.NotFound"/>.</summary>
    Task<Result<Customer>> UpdateAsync(Caller caller, string id, CustomerRequest request);

    /// <summary>
    /// Deletes a customer with its details, its secrets and its saved cards, whose tokens are closed. Refuses with <see cref="Refusal.NotFound"/>, or
    /// with <see cref="Refusal.Conflict"/> while one of its cards is being charged.
    /// </summary>
    /// <returns>Null if the customer was deleted.</returns>
    Task<Refusal?> DeleteAsync(Caller caller, string id);

    /// <summary>
    /// Creates a secret of a customer, which is valid for 15 minutes. Earlier secrets stay valid. Refuses with <see cref="Refusal.NotFound"/>.
    /// </summary>
    Task<Result<CustomerSecret>> CreateSecretAsync(Caller caller, string id);

    /// <summary>Lists the saved cards of a customer, for anyone with its secret. Null if the secret is not valid.</summary>
    Task<CustomerCards?> ListCardsAsync(string id, string secret, CancellationToken ct);

    /// <summary>
    /// Removes a saved card, for anyone with the secret of the customer: this closes its token and removes the card data. Null if the secret is not
    /// valid; otherwise the remaining cards, <see cref="Refusal.NotFound"/>, or <see cref="Refusal.Conflict"/> while the card is being charged.
    /// </summary>
    Task<Result<CustomerCards>?> RemoveCardAsync(string id, string secret, string cardId);
}
