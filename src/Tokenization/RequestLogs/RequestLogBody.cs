using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.RequestLogs;

/// <summary>
/// What the request log keeps of a body (DESIGN D9, D13). There is no way to make one from text or bytes: it is composed
/// from a judged request, of whose card it takes the masked number and nothing else, not even the expiry.
/// </summary>
public sealed class RequestLogBody
{
    private static readonly JsonBuffer s_buffer = new(new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private readonly Content? _content;
    private string? _json;

    private RequestLogBody(Content content) => (_content, Length) = (content, content.Length);

    private RequestLogBody(string json) => (_json, Length) = (json, json.Length);

    /// <summary>As a JSON object with the members of the request. Composed when first asked for, which no request waits for.</summary>
    public string Json => _json ??= Encoding.UTF8.GetString(Compose(_content!));

    /// <summary>The same in UTF-8, to be stored.</summary>
    internal byte[] ToUtf8() => _content is null ? Encoding.UTF8.GetBytes(_json!) : Compose(_content).ToArray();

    /// <summary>About how many characters it holds in memory.</summary>
    internal int Length { get; }

    /// <summary>What to keep of a request for a setup intent; of a refused one nothing. The request may be disposed afterwards.</summary>
    public static RequestLogBody? Of(SetupIntentRequest? request) => request is null ? null : new RequestLogBody(new Content
    {
        Card = request.Card?.Number.Masked,
        Amount = request.Agreement.IntendedAmount,
        AmountName = "intendedAmount",
        Reference = request.Reference,
        Description = request.Description,
        Metadata = request.Metadata,
        Terms = request.Agreement.Terms,
        TransactionType = request.Agreement.TransactionType,
        ExpireAt = request.ExpireAt,
        DetailsJson = request.Agreement.DetailsJson,
    });

    /// <summary>What to keep of a request for a payment intent; of a refused one nothing.</summary>
    public static RequestLogBody? Of(PaymentIntentRequest? request) => request is null ? null : new RequestLogBody(new Content
    {
        Amount = request.Amount,
        AmountName = "amount",
        Reference = request.Reference,
        SetupIntentId = request.SetupIntentId,
        Metadata = request.Metadata,
        ExpireAt = request.ExpireAt,
        DetailsJson = request.DetailsJson,
    });

    /// <summary>What was stored: ours already.</summary>
    internal static RequestLogBody Load(string json) => new(json);

    // Looked through value by value: in the finished text an escape could hide a digit.
    private static ReadOnlySpan<byte> Compose(Content content)
    {
        Write(s_buffer.Begin(), content);
        return s_buffer.End();
    }

    private static void Write(Utf8JsonWriter json, Content content)
    {
        json.WriteStartObject();
        WriteText(json, "cardNumber", content.Card?.ToString());
        if (content.Amount is { } amount)
        {
            json.WriteStartObject(content.AmountName);
            json.WriteNumber("value", amount.Value);
            json.WriteString("currencyCode", amount.CurrencyCode);
            json.WriteEndObject();
        }

        WriteText(json, "reference", content.Reference);
        WriteText(json, "setupIntentId", content.SetupIntentId);
        WriteText(json, "description", content.Description);
        WriteText(json, "terms", content.Terms);
        WriteText(json, "merchantInitiatedTransactionType", content.TransactionType);
        if (content.ExpireAt is { } expireAt)
        {
            json.WriteString("expireAt", expireAt.UtcDateTime);
        }

        if (content.Metadata is not null)
        {
            json.WriteStartObject("metadata");
            foreach (var (key, value) in content.Metadata)
            {
                WriteText(json, RequestLogScrubber.Scrub(key), value);
            }

            json.WriteEndObject();
        }

        WriteDetails(json, content.DetailsJson);
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, RequestLogScrubber.Scrub(value));
        }
    }

    // Every text in it was judged, on its own, when the request was.
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

    /// <summary>The judged values of a request.</summary>
    private sealed record Content
    {
        public MaskedCardNumber? Card { get; init; }

        public Money? Amount { get; init; }

        public string AmountName { get; init; } = "";

        public required string Reference { get; init; }

        public string? SetupIntentId { get; init; }

        public string? Description { get; init; }

        public IReadOnlyDictionary<string, string>? Metadata { get; init; }

        public string? Terms { get; init; }

        public string? TransactionType { get; init; }

        public DateTimeOffset? ExpireAt { get; init; }

        public string? DetailsJson { get; init; }

        public int Length =>
            Reference.Length + (Description?.Length ?? 0) + (Terms?.Length ?? 0) + (DetailsJson?.Length ?? 0)
            + (Metadata?.Sum(entry => entry.Key.Length + entry.Value.Length) ?? 0);
    }
}
