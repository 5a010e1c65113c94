using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tokenization.Customers;

/// <summary>A customer of a merchant, as the merchant sees it.</summary>
/// <param name="Id"><c>cust_sandbox_</c> or <c>cust_prod_</c> and 22 base64url characters that tell nothing.</param>
/// <param name="DetailsJson">What is known of the customer, as a JSON object; null where nothing is.</param>
/// <param name="Version">Counts the changes, from 0.</param>
/// <param name="CreatedAt">When the customer was created.</param>
/// <param name="UpdatedAt">When something of it last changed.</param>
public sealed record Customer(string Id, string? DetailsJson, int Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

/// <summary>A page of customers, newest first.</summary>
/// <param name="Items">The customers.</param>
/// <param name="Before">Names the page of newer ones; null when there is none.</param>
/// <param name="After">Names the page of older ones; null when there is none.</param>
public sealed record CustomerList(IReadOnlyList<Customer> Items, string? Before, string? After);

/// <summary>A saved card, as far as its owner may see it.</summary>
/// <param name="Id"><c>pm_sandbox_</c> or <c>pm_prod_</c> and 22 base64url characters: not the token, which is the merchant's.</param>
/// <param name="Card">The card.</param>
public sealed record SavedCard(string Id, ShownCard Card);

/// <summary>The cards that are saved for a customer, newest first.</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="Cards">The cards.</param>
public sealed record CustomerCards(string CustomerId, IReadOnlyList<SavedCard> Cards);

/// <summary>A customer secret, to be shown once. Prints as nothing.</summary>
/// <param name="text">The secret.</param>
/// <param name="createdAt">When it was made.</param>
/// <param name="expiresAt">Until when it is good.</param>
public sealed class CustomerSecret(string text, DateTimeOffset createdAt, DateTimeOffset expiresAt)
{
    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; } = createdAt;

    /// <summary>Until when it is good.</summary>
    public DateTimeOffset ExpiresAt { get; } = expiresAt;

    /// <summary>The secret: <c>cs_sandbox_</c> or <c>cs_prod_</c> and 43 base64url characters.</summary>
    public string Reveal() => text;

    /// <summary>A fixed text.</summary>
    public override string ToString() => "customer secret";
}

/// <summary>A customer as it is stored.</summary>
internal sealed record StoredCustomer(
    long RecordId, Tenant Tenant, string? DetailsJson, int Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);
