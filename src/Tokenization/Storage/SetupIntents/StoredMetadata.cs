using System.Text;
using System.Text.Json;

namespace Dojo.Pci.Tokenization.Storage.SetupIntents;

/// <summary>The stored form of metadata: a JSON object with the entries in order.</summary>
internal static class StoredMetadata
{
    private static readonly JsonBuffer s_buffer = new();

    public static string? Write(IReadOnlyDictionary<string, string>? metadata) => WriteUtf8(metadata) is { } utf8 ? Encoding.UTF8.GetString(utf8) : null;

    /// <summary>Does the same as <see cref="Write"/> in UTF-8.</summary>
    public static byte[]? WriteUtf8(IReadOnlyDictionary<string, string>? metadata)
    {
        if (metadata is null)
        {
            return null;
        }

        var json = s_buffer.Begin();
        json.WriteStartObject();
        foreach (var (key, value) in metadata)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
        return s_buffer.End().ToArray();
    }

    public static IReadOnlyDictionary<string, string>? Read(string? json) => json is null ? null : JsonSerializer.Deserialize<Dictionary<string, string>>(json);
}
