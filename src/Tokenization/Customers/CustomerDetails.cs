using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Dojo.Pci.Tokenization.Customers;

/// <summary>Merges the details of a customer, which are stored as a JSON object.</summary>
internal static class CustomerDetails
{
    /// <summary>Applies a change: each property that was sent replaces the stored one, and an empty string removes it.</summary>
    /// <returns>The new object; null if it has no properties.</returns>
    public static string? Merge(string? stored, string? sent)
    {
        using var before = JsonDocument.Parse(stored ?? "{}");
        using var change = JsonDocument.Parse(sent ?? "{}");
        var bytes = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(bytes);
        writer.WriteStartObject();
        var count = Write(writer, before.RootElement.EnumerateObject().Where(property => !change.RootElement.TryGetProperty(property.Name, out _)))
            + Write(writer, change.RootElement.EnumerateObject().Where(property => property.Value.ValueKind != JsonValueKind.String || !property.Value.ValueEquals("")));
        writer.WriteEndObject();
        writer.Flush();
        return count == 0 ? null : Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static int Write(Utf8JsonWriter writer, IEnumerable<JsonProperty> properties)
    {
        var count = 0;
        foreach (var property in properties)
        {
            property.WriteTo(writer);
            count++;
        }

        return count;
    }
}
