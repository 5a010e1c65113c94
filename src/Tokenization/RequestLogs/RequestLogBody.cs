using System.Buffers;
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
    private readonly SetupIntentContent? _content;
    private string? _json;

    private RequestLogBody(SetupIntentContent content) => (_content, Length) = (content, content.Length);

    private RequestLogBody(string json) => (_json, Length) = (json, json.Length);

    /// <summary>As a JSON object with the members of the request. Composed when first asked for, which no request waits for.</summary>
    public string Json => _json ??= Compose(_content!);

    /// <summary>About how many characters it holds in memory.</summary>
    internal int Length { get; }

    /// <summary>What to keep of a request for a setup intent; of a refused one nothing. The request may be disposed afterwards.</summary>
    public static RequestLogBody? Of(SetupIntentRequest? request) => request is null
        ? null
        : new RequestLogBody(new SetupIntentContent(request.Card?.Number.Masked, request.Reference, request.Description, request.Metadata));

    /// <summary>What was stored: ours already.</summary>
    internal static RequestLogBody Load(string json) => new(json);

    // Looked through value by value: in the finished text an escape could hide a digit.
    private static string Compose(SetupIntentContent content)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            WriteText(json, "cardNumber", content.Card?.ToString());
            WriteText(json, "reference", content.Reference);
            WriteText(json, "description", content.Description);
            if (content.Metadata is not null)
            {
                json.WriteStartObject("metadata");
                foreach (var (key, value) in content.Metadata)
                {
                    WriteText(json, RequestLogScrubber.Scrub(key), value);
                }

                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, RequestLogScrubber.Scrub(value));
        }
    }

    /// <summary>The judged values of a request for a setup intent.</summary>
    private sealed record SetupIntentContent(
        MaskedCardNumber? Card, string Reference, string? Description, IReadOnlyDictionary<string, string>? Metadata)
    {
        public int Length => Reference.Length + (Description?.Length ?? 0) + (Metadata?.Sum(entry => entry.Key.Length + entry.Value.Length) ?? 0);
    }
}
