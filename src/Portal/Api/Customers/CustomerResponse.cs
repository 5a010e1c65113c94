using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Dojo.Pci.Portal.Api.Json;
using Dojo.Pci.Portal.Api.PaymentIntents;
using Dojo.Pci.Portal.Presentation;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Customers;

namespace Dojo.Pci.Portal.Api.Customers;

/// <summary>A customer, with exactly the properties that Dojo's clients know.</summary>
internal sealed record CustomerResponse(string Id, DateTime CreatedAt, DateTime UpdatedAt, int DocumentVersion)
{
    /// <summary>The customer's details, as they were sent.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Details { get; set; }

    public static CustomerResponse Of(Customer customer) =>
        new(customer.Id, customer.CreatedAt.UtcDateTime, customer.UpdatedAt.UtcDateTime, customer.Version)
        {
            Details = customer.DetailsJson is { } json ? JsonSerializer.Deserialize(json, ApiJson.Default.DictionaryStringJsonElement) : null,
        };
}

/// <summary>A page of customers.</summary>
internal sealed record CustomerListResponse(IReadOnlyList<CustomerResponse> Data, string? Before, string? After);

/// <summary>A new secret of a customer. A class, because a record's <c>ToString</c> would print the secret.</summary>
internal sealed class CustomerSecretResponse(CustomerSecret secret)
{
    public string Secret { get; } = secret.Reveal();

    public DateTime CreatedAt { get; } = secret.CreatedAt.UtcDateTime;

    public DateTime ExpireAt { get; } = secret.ExpiresAt.UtcDateTime;
}

/// <summary>The saved cards of a customer.</summary>
internal sealed record CustomerCardsResponse(
    string CustomerId, IReadOnlyList<SavedCardResponse> SavedPaymentMethods, SupportedPaymentMethodsResponse SupportedPaymentMethods)
{
    public static CustomerCardsResponse Of(CustomerCards cards) =>
        new(cards.CustomerId, [.. cards.Cards.Select(SavedCardResponse.Of)], SupportedPaymentMethodsResponse.All);
}

/// <summary>A saved card.</summary>
internal sealed record SavedCardResponse(string Id, SavedCardDetailsResponse CardDetails)
{
    public static SavedCardResponse Of(SavedCard saved) => new(
        saved.Id,
        new SavedCardDetailsResponse(saved.Card.Masked.ToString(), LastDayOf(saved.Card.Expiry), CardSchemeSpelling.ForApi(saved.Card.Scheme)));

    private static string LastDayOf(CardExpiry expiry) =>
        new DateOnly(expiry.Year, expiry.Month, DateTime.DaysInMonth(expiry.Year, expiry.Month)).ToString("O", CultureInfo.InvariantCulture);
}

/// <summary>The details shown of a saved card; its expiry is the last day on which the card is valid.</summary>
internal sealed record SavedCardDetailsResponse(string Pan, string ExpiryDate, string Scheme);
