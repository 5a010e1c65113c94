using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Dojo.Pci.Portal.Api.Json;
using Dojo.Pci.Portal.Presentation;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Portal.Api.SetupIntents;

/// <summary>
/// A setup intent in the full shape of Dojo's OpenAPI. Version 2022-04-07 leaves out the properties that it does not define, because
/// its generated clients refuse unknown properties.
/// </summary>
internal sealed record SetupIntentFullResponse
{
    public required string Id { get; init; }

    public string? ClientSessionSecret { get; init; }

    public DateTime? ClientSessionSecretExpirationDate { get; init; }

    public required string Status { get; init; }

    public required DateTime CreatedAt { get; init; }

    public required DateTime UpdatedAt { get; init; }

    public DateTime? ExpireAt { get; init; }

    public required string Reference { get; init; }

    public string? Description { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    public PaymentDetailsResponse? PaymentDetails { get; init; }

    public Money? IntendedAmount { get; init; }

    public string? MerchantInitiatedTransactionType { get; init; }

    public string? Terms { get; init; }

    public string? PaymentSource { get; init; }

    public IReadOnlyList<SetupEventResponse>? SetupEvents { get; init; }

    /// <summary>The properties that are returned as they were sent: customer, addresses, configuration, payment methods.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Kept { get; set; }

    public static SetupIntentFullResponse Of(SetupIntent intent, string version)
    {
        var isFirstVersion = version == ApiVersion.First;
        return new()
        {
            Id = intent.Id,
            ClientSessionSecret = intent.ClientSecret?.Reveal(),
            ClientSessionSecretExpirationDate = intent.ClientSecret?.ExpiresAt.UtcDateTime,
            Status = intent.Status.ToString(),
            CreatedAt = intent.CreatedAt.UtcDateTime,
            UpdatedAt = intent.UpdatedAt.UtcDateTime,
            ExpireAt = intent.ExpireAt?.UtcDateTime,
            Reference = intent.Reference,
            Description = intent.Description,
            Metadata = intent.Metadata,
            PaymentDetails = isFirstVersion ? null : PaymentDetailsResponse.Of(intent),
            IntendedAmount = intent.Mandate.IntendedAmount,
            MerchantInitiatedTransactionType = intent.Mandate.TransactionType,
            Terms = intent.Mandate.Terms,
            PaymentSource = isFirstVersion ? null : "api",
            SetupEvents = SetupEventResponse.ListOf(intent),
            Kept = StoredPropertiesJson.Read(intent.Mandate.DetailsJson),
        };
    }
}

/// <summary>The card of an intent, with the details of its last attempt.</summary>
internal sealed record PaymentDetailsResponse(string? TransactionId, string? TransactionDateTime, string? AuthCode, CardResponse Card)
{
    public static PaymentDetailsResponse? Of(SetupIntent intent)
    {
        var attempt = intent.Events?.LastOrDefault(entry => entry.TransactionId is not null);
        return intent.Card is { } card
            ? new(attempt?.TransactionId, attempt is null ? null : Timestamps.Format(attempt.At), attempt?.AuthCode, CardResponse.Of(card))
            : null;
    }
}

/// <summary>A masked card.</summary>
internal sealed record CardResponse(string CardNumber, string ExpiryDate, string CardType, [property: JsonPropertyName("last4PAN")] string LastFour)
{
    public static CardResponse Of(ShownCard card) =>
        new(card.Masked.ToString(), card.Expiry.ToString(), CardSchemeSpelling.ForApi(card.Scheme), card.Masked.LastFour);
}

/// <summary>
/// One entry of <c>setupEvents</c>. Dojo's list of event types lacks some that we record; those entries appear only in the portal's
/// timeline.
/// </summary>
internal sealed record SetupEventResponse(
    string? TransactionId, string TransactionDateTime, string EventType, string? AuthCode, string? CardNumber, string? ExpiryDate, string? CardType)
{
    public static IReadOnlyList<SetupEventResponse>? ListOf(SetupIntent intent) => intent.Events is null
        ? null
        : [.. intent.Events.Where(entry => TypeOf(entry.Type) is not null).Select(entry => Of(entry, intent.Card))];

    private static SetupEventResponse Of(SetupIntentEvent entry, ShownCard? card) => new(
        entry.TransactionId,
        Timestamps.Format(entry.At),
        TypeOf(entry.Type)!,
        entry.AuthCode,
        card?.Masked.ToString(),
        card?.Expiry.ToString(),
        card is null ? null : CardSchemeSpelling.ForApi(card.Scheme));

    private static string? TypeOf(SetupIntentEventType type) => type switch
    {
        SetupIntentEventType.Authorized => "Authorized",
        SetupIntentEventType.Declined => "Declined",
        SetupIntentEventType.Completed => "Captured",
        SetupIntentEventType.Canceled or SetupIntentEventType.Closed => "Canceled",
        SetupIntentEventType.AuthorizationUnknown => "Unknown",
        _ => null,
    };
}

/// <summary>Formats instants in properties that Dojo declares as plain strings.</summary>
internal static class Timestamps
{
    public static string Format(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);
}

/// <summary>A page of setup intents.</summary>
internal sealed record SetupIntentListResponse(IReadOnlyList<SetupIntentFullResponse> Data, string? Before, string? After);
