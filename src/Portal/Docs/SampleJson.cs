using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dojo.Pci.Portal.Docs;

/// <summary>Writes JSON for examples that people read. The pages encode it for HTML, so it escapes only what JSON requires.</summary>
internal static class SampleJson
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions s_compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a line for each property, with two spaces for each level.</summary>
    public static string Pretty(JsonNode json) => json.ToJsonString(s_indented).ReplaceLineEndings("\n");

    /// <summary>Writes everything on one line.</summary>
    public static string Compact(JsonNode json) => json.ToJsonString(s_compact);

    /// <summary>Writes a text as a JSON string, with its quotes.</summary>
    public static string Quote(string text) => JsonSerializer.Serialize(text, s_compact);
}
