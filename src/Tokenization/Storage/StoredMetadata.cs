using System.Text.Json;

namespace Dojo.Pci.Tokenization.Storage;

/// <summary>Metadata as it is stored: a JSON object in the order of its entries.</summary>
internal static class StoredMetadata
{
    public static string? Write(IReadOnlyDictionary<string, string>? metadata) => metadata is null ? null : JsonSerializer.Serialize(metadata);

    public static IReadOnlyDictionary<string, string>? Read(string? json) => json is null ? null : JsonSerializer.Deserialize<Dictionary<string, string>>(json);
}
