using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Dojo.Pci.Tokenization.Idempotency;

/// <summary>
/// Writes equivalent JSON as the same text: without white space, with the members of each object sorted by name, and with every
/// string escaped in the same way. Array items keep their order, which is significant. Numbers must be canonical already: the
/// validators write them so.
/// </summary>
internal static class CanonicalJson
{
    public static string Of(string json)
    {
        using var parsed = JsonDocument.Parse(json);
        var bytes = new ArrayBufferWriter<byte>(json.Length);
        using var writer = new Utf8JsonWriter(bytes);
        Write(parsed.RootElement, writer);
        writer.Flush();
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static void Write(JsonElement element, Utf8JsonWriter writer)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in element.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(member.Name);
                    Write(member.Value, writer);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(item, writer);
                }

                writer.WriteEndArray();
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }
}
