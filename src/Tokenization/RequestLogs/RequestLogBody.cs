using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.RequestLogs;

/// <summary>
/// What the request log keeps of a body (DESIGN D9, D13). A body cannot be made from text or bytes: it is composed from a validated request. Of the
/// card it takes the masked number and nothing else, not even the expiry.
/// </summary>
public sealed class RequestLogBody
{
    private static readonly JsonBuffer s_buffer = new(new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private RequestLogBody(byte[] utf8) => Utf8 = utf8;

    /// <summary>The body as a JSON object with the members of the request.</summary>
    public string Json => Encoding.UTF8.GetString(Utf8);

    /// <summary>The same JSON in UTF-8, as it is stored.</summary>
    internal byte[] Utf8 { get; }

    /// <summary>
    /// Composes the body of a request for a setup intent; null for a refused request. It is composed at once, so the request may be disposed afterwards.
    /// A text that waits to be stored is one object to the garbage collector; the values of a request are about thirty.
    /// </summary>
    public static RequestLogBody? Of(SetupIntentRequest? request)
    {
        if (request is null)
        {
            return null;
        }

        var json = Begin();
        WriteText(json, "cardNumber", request.Card?.Number.Masked.ToString());
        WriteAmount(json, "intendedAmount", request.Mandate.IntendedAmount);
        WriteText(json, "reference", request.Reference);
        WriteText(json, "description", request.Description);
        WriteText(json, "terms", request.Mandate.Terms);
        WriteText(json, "merchantInitiatedTransactionType", request.Mandate.TransactionType);
        WriteRest(json, request.ExpireAt, request.Metadata, request.Mandate.DetailsJson);
        return End(json);
    }

    /// <summary>Composes the body of a request for a payment intent; null for a refused request.</summary>
    public static RequestLogBody? Of(PaymentIntentRequest? request)
    {
        if (request is null)
        {
            return null;
        }

        var json = Begin();
        WriteAmount(json, "amount", request.Amount);
        WriteAmount(json, "tipsAmount", request.TipsAmount > 0 ? request.Amount with { Value = request.TipsAmount } : null);
        WriteAmount(json, "serviceChargeAmount", request.ServiceChargeAmount > 0 ? request.Amount with { Value = request.ServiceChargeAmount } : null);
        WriteText(json, "reference", request.Reference);
        WriteText(json, "setupIntentId", request.SetupIntentId);
        WriteText(json, "captureMode", request.CaptureMode == CaptureMode.Manual ? "Manual" : null);
        WriteRest(json, request.ExpireAt, request.Metadata, request.DetailsJson);
        return End(json);
    }

    /// <summary>Composes the body of a request with a shopper's card; null for a refused request.</summary>
    public static RequestLogBody? Of(CardDetails? card)
    {
        if (card is null)
        {
            return null;
        }

        var json = Begin();
        WriteText(json, "cardNumber", card.Number.Masked.ToString());
        return End(json);
    }

    /// <summary>Composes the body of a request for a capture; null for a refused request.</summary>
    public static RequestLogBody? Of(CaptureRequest? request)
    {
        if (request is null)
        {
            return null;
        }

        var json = Begin();
        json.WriteNumber("amount", request.Amount);
        json.WriteNumber("tipsAmount", request.TipsAmount);
        return End(json);
    }

    /// <summary>Composes the body of a request for a refund; null for a refused request.</summary>
    public static RequestLogBody? Of(RefundRequest? request)
    {
        if (request is null)
        {
            return null;
        }

        var json = Begin();
        json.WriteNumber("amount", request.Amount);
        WriteText(json, "refundReason", request.Reason);
        WriteText(json, "notes", request.Notes);
        return End(json);
    }

    /// <summary>Loads a stored body, which this class composed.</summary>
    internal static RequestLogBody Load(string json) => new(Encoding.UTF8.GetBytes(json));

    private static Utf8JsonWriter Begin()
    {
        var json = s_buffer.Begin();
        json.WriteStartObject();
        return json;
    }

    private static RequestLogBody End(Utf8JsonWriter json)
    {
        json.WriteEndObject();
        return new RequestLogBody(s_buffer.End().ToArray());
    }

    private static void WriteAmount(Utf8JsonWriter json, string name, Money? amount)
    {
        if (amount is not null)
        {
            json.WriteStartObject(name);
            json.WriteNumber("value", amount.Value);
            json.WriteString("currencyCode", amount.CurrencyCode);
            json.WriteEndObject();
        }
    }

    // Scrubs each value on its own: in the finished JSON an escape could hide a digit.
    private static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, RequestLogScrubber.Scrub(value));
        }
    }

    private static void WriteRest(Utf8JsonWriter json, DateTimeOffset? expireAt, IReadOnlyDictionary<string, string>? metadata, string? detailsJson)
    {
        if (expireAt is { } at)
        {
            json.WriteString("expireAt", at.UtcDateTime);
        }

        if (metadata is not null)
        {
            json.WriteStartObject("metadata");
            foreach (var (key, value) in metadata)
            {
                WriteText(json, RequestLogScrubber.Scrub(key), value);
            }

            json.WriteEndObject();
        }

        WriteDetails(json, detailsJson);
    }

    // Every text in the details was validated on its own, with the request.
    private static void WriteDetails(Utf8JsonWriter json, string? detailsJson)
    {
        if (detailsJson is null)
        {
            return;
        }

        using var details = JsonDocument.Parse(detailsJson);
        foreach (var member in details.RootElement.EnumerateObject())
        {
            member.WriteTo(json);
        }
    }
}
