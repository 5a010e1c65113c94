using System.Text.Json;

namespace Dojo.Pci.Portal.Api.Json;

/// <summary>Properties that are given back as they were sent, from the JSON object that the vault keeps them in.</summary>
internal static class StoredPropertiesJson
{
    private static readonly JsonElement s_onlyCards = JsonDocument.Parse("""["Card"]""").RootElement;

    /// <summary>The properties; payment methods are added where none were sent.</summary>
    public static Dictionary<string, JsonElement> Read(string? detailsJson)
    {
        var kept = detailsJson is null
            ? new Dictionary<string, JsonElement>(StringComparer.Ordinal)
            : JsonSerializer.Deserialize(detailsJson, ApiJson.Default.DictionaryStringJsonElement)!;
        kept.TryAdd("paymentMethods", s_onlyCards);
        return kept;
    }
}
