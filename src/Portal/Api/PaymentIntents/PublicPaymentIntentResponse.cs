using System.Text.Json;
using System.Text.Json.Serialization;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Portal.Api.PaymentIntents;

/// <summary>
/// A payment intent as a shopper's device sees it without an API key: the amount to pay, the secret to pay it with, and the payment methods. It
/// holds nothing about the person who pays, and none of the merchant's own data.
/// </summary>
internal sealed record PublicPaymentIntentResponse
{
    private static readonly string[] s_shown = ["description", "itemLines", "taxLines", "paymentMethods", "config"];

    public required string Id { get; init; }

    public required string CaptureMode { get; init; }

    public string? ClientSessionSecret { get; init; }

    public DateTime? ClientSessionSecretExpirationDate { get; init; }

    public required string Status { get; init; }

    public required Money Amount { get; init; }

    public Money? TipsAmount { get; init; }

    public Money? RequestedAmount { get; init; }

    public required Money TotalAmount { get; init; }

    public long RefundedAmount { get; init; }

    public required DateTime CreatedAt { get; init; }

    public required DateTime UpdatedAt { get; init; }

    public required DateTime ExpireAt { get; init; }

    public required string Reference { get; init; }

    public MerchantConfigResponse MerchantConfig { get; init; } = new(SupportedPaymentMethodsResponse.All);

    /// <summary>The properties that are returned as they were sent.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Kept { get; set; }

    public static PublicPaymentIntentResponse Of(PaymentIntent intent, string version)
    {
        var full = PaymentIntentResponse.Of(intent, version);
        return new()
        {
            Id = full.Id,
            CaptureMode = full.CaptureMode,
            ClientSessionSecret = full.ClientSessionSecret,
            ClientSessionSecretExpirationDate = full.ClientSessionSecretExpirationDate,
            Status = full.Status,
            Amount = full.Amount,
            TipsAmount = full.TipsAmount,
            RequestedAmount = full.RequestedAmount,
            TotalAmount = full.TotalAmount,
            RefundedAmount = full.RefundedAmount,
            CreatedAt = full.CreatedAt,
            UpdatedAt = full.UpdatedAt,
            ExpireAt = full.ExpireAt,
            Reference = full.Reference,
            Kept = full.Kept?.Where(property => s_shown.Contains(property.Key, StringComparer.Ordinal)).ToDictionary(StringComparer.Ordinal),
        };
    }
}

/// <summary>The payment methods that the merchant accepts.</summary>
internal sealed record MerchantConfigResponse(SupportedPaymentMethodsResponse SupportedPaymentMethods);

/// <summary>A page of payment intents.</summary>
internal sealed record PaymentIntentListResponse(IReadOnlyList<PaymentIntentResponse> Data, string? Before, string? After);
