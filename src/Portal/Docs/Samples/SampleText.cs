using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dojo.Pci.Portal.Docs.Samples;

/// <summary>Helpers that the templates of several languages share.</summary>
internal static class SampleText
{
    /// <summary>Returns a comment line that explains the key; empty if the sample contains the key, or needs none.</summary>
    public static string KeyNote(this SampleRequest request, string comment) =>
        request.Key is { Literal: null } key ? $"{comment} {key.Variable} {key.Meaning}{(key.Hint is null ? "" : $": {key.Hint}")}.\n" : "";

    /// <summary>Writes the headers, the key's first, each with a function of name and value expression.</summary>
    /// <param name="request">The request.</param>
    /// <param name="quote">Writes a text as an expression.</param>
    /// <param name="fromEnvironment">The expression for the key's header if the key is in an environment variable.</param>
    /// <param name="line">Writes one header.</param>
    /// <param name="separator">The separator between two headers.</param>
    public static string EachHeader(this SampleRequest request, Func<string, string> quote, string fromEnvironment, Func<string, string, string> line, string separator = "\n")
    {
        IEnumerable<string> key = request.Key is null ? [] : [line(quote("Authorization"), request.Key.Literal is { } literal ? quote($"Basic {literal}") : fromEnvironment)];
        return string.Join(separator, key.Concat(request.Headers.Select(header => line(quote(header.Name), quote(header.Value)))));
    }

    /// <summary>Indents every line except the first.</summary>
    public static string Indent(string text, int spaces) => text.Replace("\n", "\n" + new string(' ', spaces), StringComparison.Ordinal);

    /// <summary>Indents every line.</summary>
    public static string IndentAll(string text, int spaces) => new string(' ', spaces) + Indent(text, spaces);

    /// <summary>Writes JSON as a literal of a language whose syntax is similar.</summary>
    public static string Literal(JsonNode? json, LiteralForm form, int depth = 0)
    {
        var (inner, outer) = (new string(' ', (depth + 1) * form.Indent), new string(' ', depth * form.Indent));
        switch (json)
        {
            case JsonObject { Count: 0 }:
                return form.EmptyObject;
            case JsonObject map:
                return Lines(form.Open, form.Close, map.Select(entry => $"{form.Key(entry.Key)}{form.Arrow}{Literal(entry.Value, form, depth + 1)}"));
            case JsonArray { Count: 0 }:
                return "[]";
            case JsonArray list:
                return Lines("[", "]", list.Select(item => Literal(item, form, depth + 1)));
            case null:
                return form.Null;
            default:
                return json.GetValueKind() switch
                {
                    JsonValueKind.String => form.Quote(json.GetValue<string>()),
                    JsonValueKind.True => form.True,
                    JsonValueKind.False => form.False,
                    _ => json.ToJsonString(),
                };
        }

        string Lines(string open, string close, IEnumerable<string> items)
        {
            var text = new StringBuilder(open).Append('\n');
            foreach (var item in items)
            {
                text.Append(inner).Append(item).Append(",\n");
            }

            return text.Append(outer).Append(close).ToString();
        }
    }
}

/// <summary>The syntax in which a language writes JSON values.</summary>
internal sealed record LiteralForm
{
    public int Indent { get; init; } = 4;

    public string Open { get; init; } = "{";

    public string Close { get; init; } = "}";

    public string EmptyObject { get; init; } = "{}";

    public string Arrow { get; init; } = ": ";

    public string True { get; init; } = "true";

    public string False { get; init; } = "false";

    public string Null { get; init; } = "null";

    public Func<string, string> Quote { get; init; } = SampleJson.Quote;

    public Func<string, string> Key { get; init; } = SampleJson.Quote;
}
