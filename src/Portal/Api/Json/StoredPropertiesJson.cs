using System.Text.Json;

namespace Dojo.Pci.Portal.Api.Json;

/// <summary>Reads properties that are returned as they were sent, from the JSON object in which the vault keeps them.</summary>
internal static class StoredPropertiesJson
{
    private static readonly JsonElement s_onlyCards = JsonDocument.Parse("""["Card"]""").RootElement;

    /// <summary>Reads the properties; payment methods are added if none were sent.</summary>
    public static Dictionary<string, JsonElement> Read(string? detailsJson)
    {
        var kept = detailsJson is null
            ? new Dictionary<string, JsonElement>(StringComparer.Ordinal)
            : JsonSerializer.Deserialize(detailsJson, ApiJson.Default.DictionaryStringJsonElement)!;
        kept.TryAdd("paymentMethods", s_onlyCards);
        return kept;
    }
}
