using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dojo.Pci.Portal.Docs;

/// <summary>JSON as people read it in examples. It is written into pages by what encodes for HTML, so nothing is escaped that JSON does not ask for.</summary>
internal static class SampleJson
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions s_compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>With a line for each property, and two spaces for each level.</summary>
    public static string Pretty(JsonNode json) => json.ToJsonString(s_indented).ReplaceLineEndings("\n");

    /// <summary>On one line.</summary>
    public static string Compact(JsonNode json) => json.ToJsonString(s_compact);

    /// <summary>A text as a JSON string, with its quotes.</summary>
    public static string Quote(string text) => JsonSerializer.Serialize(text, s_compact);
}
