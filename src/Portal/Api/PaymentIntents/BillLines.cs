using System.Buffers;
using System.Text.Json;

namespace Dojo.Pci.Portal.Api.PaymentIntents;

/// <summary>
/// Rewrites the lines of a bill for a version of the API. Version 2022-04-07 calls the name of an item its caption, and has no categories,
/// modifiers or price look-up codes. Later versions always have an amount: if none was sent, it is null for an item and 0 for a tax.
/// </summary>
internal static class BillLines
{
    private const string Name = "name";
    private const string Caption = "caption";
    private const string Amount = "amountTotal";

    private static readonly string[] s_unknownAtFirst = ["category", "modifiers", "plu", "affectedPlu"];

    public static JsonElement Items(JsonElement lines, bool isFirstVersion) => Rewrite(lines, (line, writer) =>
    {
        var (from, to) = isFirstVersion ? (Name, Caption) : (Caption, Name);
        WriteProperties(line, writer, isFirstVersion, property => property != from ? property : line.TryGetProperty(to, out _) ? null : to);
        if (!isFirstVersion && !line.TryGetProperty(Amount, out _))
        {
            writer.WriteNull(Amount);
        }
    });

    public static JsonElement Taxes(JsonElement lines, bool isFirstVersion, string currency) => Rewrite(lines, (line, writer) =>
    {
        WriteProperties(line, writer, isFirstVersion, property => property);
        if (!isFirstVersion && !line.TryGetProperty(Amount, out _))
        {
            writer.WriteStartObject(Amount);
            writer.WriteNumber("value", 0);
            writer.WriteString("currencyCode", currency);
            writer.WriteEndObject();
        }
    });

    private static JsonElement Rewrite(JsonElement lines, Action<JsonElement, Utf8JsonWriter> writeMembers)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartArray();
            foreach (var line in lines.EnumerateArray())
            {
                writer.WriteStartObject();
                writeMembers(line, writer);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        using var rewritten = JsonDocument.Parse(bytes.WrittenMemory);
        return rewritten.RootElement.Clone();
    }

    private static void WriteProperties(JsonElement line, Utf8JsonWriter writer, bool isFirstVersion, Func<string, string?> nameOf)
    {
        foreach (var property in line.EnumerateObject().Where(property => !isFirstVersion || !s_unknownAtFirst.Contains(property.Name, StringComparer.Ordinal)))
        {
            if (nameOf(property.Name) is { } name)
            {
                writer.WritePropertyName(name);
                property.Value.WriteTo(writer);
            }
        }
    }
}
