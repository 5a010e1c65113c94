using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Tokenization.Authorization;

/// <summary>
/// The body of a request to the acquirer. The card number passes from the card to the connection as bytes, and the buffer that holds it
/// is zeroed on disposal (DESIGN D9, D13).
/// </summary>
internal sealed class AttemptContent : HttpContent
{
    /// <summary>Ample: all members at their longest take about 300 bytes.</summary>
    private const int Capacity = 1024;

    private readonly SecretWriter _body = new(Capacity);

    private AttemptContent() => Headers.ContentType = new MediaTypeHeaderValue("application/json");

    /// <summary>Composes an attempt on a card.</summary>
    public static AttemptContent Of(string transactionId, CardDetails card, ChargeAmount? amount)
    {
        var content = new AttemptContent();
        using var json = new Utf8JsonWriter(content._body);
        json.WriteStartObject();
        json.WriteString("transactionId"u8, transactionId);
        json.WriteStartObject("card"u8);
        json.WritePropertyName("number"u8);
        json.WriteStringValue(card.Number.Reveal());
        json.WriteNumber("expiryMonth"u8, card.Expiry.Month);
        json.WriteNumber("expiryYear"u8, card.Expiry.Year);
        json.WriteEndObject();
        if (amount is { } charged)
        {
            Write(json, charged);
        }

        json.WriteEndObject();
        return content;
    }

    /// <summary>Composes an order about an earlier attempt.</summary>
    public static AttemptContent Of(SettlementOrder order)
    {
        var content = new AttemptContent();
        using var json = new Utf8JsonWriter(content._body);
        json.WriteStartObject();
        json.WriteString("transactionId"u8, order.TransactionId);
        json.WriteString("originalTransactionId"u8, order.OriginalTransactionId);
        Write(json, new ChargeAmount(order.AmountInMinorUnits, order.CurrencyCode));
        json.WriteEndObject();
        return content;
    }

    /// <summary>
    /// Whether any of the body was handed to a connection. Until then the acquirer cannot have acted, because it knows neither
    /// card nor amount.
    /// </summary>
    public bool MayHaveArrived { get; private set; }

    private static void Write(Utf8JsonWriter json, ChargeAmount amount)
    {
        json.WriteStartObject("amount"u8);
        json.WriteNumber("value"u8, amount.MinorUnits);
        json.WriteString("currencyCode"u8, amount.CurrencyCode);
        json.WriteEndObject();
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        MayHaveArrived = true;
        await stream.WriteAsync(_body.Written, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _body.Dispose();
        }

        base.Dispose(disposing);
    }
}
