using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tokenization.Customers;

/// <summary>A customer of a merchant, as the merchant sees it.</summary>
/// <param name="Id"><c>cust_sandbox_</c> or <c>cust_prod_</c> and 22 base64url characters that reveal nothing.</param>
/// <param name="DetailsJson">The details of the customer, as a JSON object; null if there are none.</param>
/// <param name="Version">Counts the changes, from 0.</param>
/// <param name="CreatedAt">When the customer was created.</param>
/// <param name="UpdatedAt">When the customer last changed.</param>
public sealed record Customer(string Id, string? DetailsJson, int Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

/// <summary>A page of customers, newest first.</summary>
/// <param name="Items">The customers.</param>
/// <param name="Before">The cursor of the page with newer customers; null if there is none.</param>
/// <param name="After">The cursor of the page with older customers; null if there is none.</param>
public sealed record CustomerList(IReadOnlyList<Customer> Items, string? Before, string? After);

/// <summary>The part of a saved card that its owner may see.</summary>
/// <param name="Id"><c>pm_sandbox_</c> or <c>pm_prod_</c> and 22 base64url characters: not the token, which belongs to the merchant.</param>
/// <param name="Card">The card.</param>
public sealed record SavedCard(string Id, ShownCard Card);

/// <summary>The saved cards of a customer, newest first.</summary>
/// <param name="CustomerId">The customer's id.</param>
/// <param name="Cards">The cards.</param>
public sealed record CustomerCards(string CustomerId, IReadOnlyList<SavedCard> Cards);

/// <summary>A customer secret, which is shown once. <see cref="ToString"/> does not reveal it.</summary>
/// <param name="text">The secret.</param>
/// <param name="createdAt">When it was made.</param>
/// <param name="expiresAt">When it expires.</param>
public sealed class CustomerSecret(string text, DateTimeOffset createdAt, DateTimeOffset expiresAt)
{
    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; } = createdAt;

    /// <summary>When it expires.</summary>
    public DateTimeOffset ExpiresAt { get; } = expiresAt;

    /// <summary>Returns the secret: <c>cs_sandbox_</c> or <c>cs_prod_</c> and 43 base64url characters.</summary>
    public string Reveal() => text;

    /// <summary>Returns a fixed text, not the secret.</summary>
    public override string ToString() => "customer secret";
}

/// <summary>A customer as it is stored.</summary>
internal sealed record StoredCustomer(
    long RecordId, Tenant Tenant, string? DetailsJson, int Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);
