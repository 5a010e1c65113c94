using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Dojo.Pci.Portal.Api.Json;
using Dojo.Pci.Portal.Api.SetupIntents;
using Dojo.Pci.Portal.Presentation;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Portal.Api.PaymentIntents;

/// <summary>
/// A payment intent in the shape of Dojo's OpenAPI. Versions differ: 2022-04-07 has the events and a flat card; later ones have a
/// nested card and no events.
/// </summary>
internal sealed record PaymentIntentResponse
{
    private static readonly PaymentIntentEventType[] s_ofTheCardThatPaid =
        [PaymentIntentEventType.Authorized, PaymentIntentEventType.Captured, PaymentIntentEventType.Reversed, PaymentIntentEventType.Refunded];

    public required string Id { get; init; }

    public required string CaptureMode { get; init; }

    public required string Status { get; init; }

    public required Money Amount { get; init; }

    public Money? TipsAmount { get; init; }

    public Money? RequestedAmount { get; init; }

    public Money? ServiceChargeAmount { get; init; }

    public required Money TotalAmount { get; init; }

    public long RefundedAmount { get; init; }

    public required DateTime CreatedAt { get; init; }

    public required DateTime UpdatedAt { get; init; }

    public required DateTime ExpireAt { get; init; }

    public required string Reference { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    public string? SetupIntentId { get; init; }

    public string? ClientSessionSecret { get; init; }

    public DateTime? ClientSessionSecretExpirationDate { get; init; }

    public string? AutoExpireIn { get; init; }

    public string? AutoExpireAction { get; init; }

    public IReadOnlyList<CaptureDetailsResponse>? Captures { get; init; }

    public JsonElement? PaymentDetails { get; init; }

    public IReadOnlyList<SetupEventResponse>? PaymentEvents { get; init; }

    /// <summary>The properties that are returned as they were sent.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Kept { get; set; }

    public static PaymentIntentResponse Of(PaymentIntent intent, string version)
    {
        var isFirstVersion = version == ApiVersion.First;
        var kept = StoredPropertiesJson.Read(intent.DetailsJson);
        if (isFirstVersion)
        {
            kept.Remove("cardHolderNotPresent");
            kept.Remove("orderDetails");
        }

        Rewrite("itemLines", BillLines.Items);
        Rewrite("taxLines", (lines, first) => BillLines.Taxes(lines, first, intent.Amount.CurrencyCode));

        return new()
        {
            Id = intent.Id,
            CaptureMode = intent.CaptureMode.ToString(),
            AutoExpireIn = intent.AutoExpireIn?.ToString("c", CultureInfo.InvariantCulture),
            AutoExpireAction = intent.AutoExpireAction?.ToString(),
            Captures = isFirstVersion || intent.Captures.Count == 0 ? null : [.. intent.Captures.Select(CaptureDetailsResponse.Of)],
            Status = intent.Status.ToString(),
            Amount = intent.Amount,
            TipsAmount = intent.TipsAmount,
            RequestedAmount = intent.RequestedAmount,
            ServiceChargeAmount = isFirstVersion ? null : intent.ServiceChargeAmount,
            TotalAmount = intent.TotalAmount,
            RefundedAmount = intent.RefundedAmount,
            CreatedAt = intent.CreatedAt.UtcDateTime,
            UpdatedAt = intent.UpdatedAt.UtcDateTime,
            ExpireAt = intent.ExpireAt.UtcDateTime,
            Reference = intent.Reference,
            Metadata = intent.Metadata,
            SetupIntentId = intent.SetupIntentId,
            ClientSessionSecret = intent.ClientSecret?.Reveal(),
            ClientSessionSecretExpirationDate = intent.ClientSecret?.ExpiresAt.UtcDateTime,
            PaymentDetails = DetailsOf(intent, isFirstVersion),
            PaymentEvents = isFirstVersion ? [.. intent.Events.Where(entry => TypeOf(entry.Type) is not null).Select(entry => EventOf(entry, CardOf(entry, intent)))] : null,
            Kept = kept,
        };

        void Rewrite(string property, Func<JsonElement, bool, JsonElement> rewrite)
        {
            if (kept.TryGetValue(property, out var lines))
            {
                kept[property] = rewrite(lines, isFirstVersion);
            }
        }
    }

    private static JsonElement? DetailsOf(PaymentIntent intent, bool isFirstVersion)
    {
        if (intent.Events.LastOrDefault(entry => entry.AuthCode is not null) is not { } captured || intent.Card is not { } card)
        {
            return null;
        }

        return isFirstVersion
            ? JsonSerializer.SerializeToElement(
                new FlatPaymentDetailsResponse(
                    Timestamps.Format(captured.At), captured.AuthCode, card.Masked.ToString(), card.Expiry.ToString(), CardSchemeSpelling.ForApi(card.Scheme)),
                ApiJson.Default.FlatPaymentDetailsResponse)
            : JsonSerializer.SerializeToElement(
                new PaymentDetailsResponse(captured.TransactionId, Timestamps.Format(captured.At), captured.AuthCode, CardResponse.Of(card)),
                ApiJson.Default.PaymentDetailsResponse);
    }

    // A shopper may try several cards, but only the last one, which paid, is kept.
    private static ShownCard? CardOf(PaymentIntentEvent entry, PaymentIntent intent) =>
        intent.SetupIntentId is not null || s_ofTheCardThatPaid.Contains(entry.Type) ? intent.Card : null;

    private static SetupEventResponse EventOf(PaymentIntentEvent entry, ShownCard? card) => new(
        entry.TransactionId,
        Timestamps.Format(entry.At),
        TypeOf(entry.Type)!,
        entry.AuthCode,
        card?.Masked.ToString(),
        card?.Expiry.ToString(),
        card is null ? null : CardSchemeSpelling.ForApi(card.Scheme));

    private static string? TypeOf(PaymentIntentEventType type) => type == PaymentIntentEventType.Created ? null : type.ToString();
}

/// <summary>The details of a payment, in the shape of version 2022-04-07.</summary>
internal sealed record FlatPaymentDetailsResponse(string TransactionDateTime, string? AuthCode, string CardNumber, string ExpiryDate, string CardType);

/// <summary>A capture and its outcome.</summary>
internal sealed record CaptureDetailsResponse(string Id, long Amount, long? TipsAmount, string Status, DateTime CreatedAt)
{
    public static CaptureDetailsResponse Of(Settlement capture) => new(
        capture.Id, capture.Amount - capture.TipsAmount, capture.TipsAmount > 0 ? capture.TipsAmount : null, capture.Status.ToString(), capture.CreatedAt.UtcDateTime);
}

/// <summary>The answer to a charge.</summary>
internal sealed record ChargeResponse(string PaymentIntentId, string Status, string Message);
