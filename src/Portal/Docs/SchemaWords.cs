using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dojo.Pci.Portal.Docs;

/// <summary>Describes JSON schemas in words, as far as our description uses them.</summary>
internal static class SchemaWords
{
    /// <summary>Describes what a value must be: the schema's description, its kind and its limits.</summary>
    public static string RuleOf(JsonElement schema)
    {
        var (text, kind) = (DescriptionOf(schema), KindOf(schema));
        return $"{text}{(text.Length == 0 ? "" : " ")}It is {kind}.";
    }

    /// <summary>Returns the description of the schema, or of the schema that it refers to.</summary>
    public static string DescriptionOf(JsonElement schema) =>
        schema.TryGetProperty("description", out var own) ? own.GetString()!
        : ApiDescription.Resolve(schema).TryGetProperty("description", out var resolved) ? resolved.GetString()! : "";

    /// <summary>Describes the kind of value, with its limits, such as "a string of 1 to 60 characters".</summary>
    public static string KindOf(JsonElement schema)
    {
        schema = ApiDescription.Resolve(schema);
        if (schema.TryGetProperty("const", out var only))
        {
            return $"`{only.GetRawText()}`";
        }

        if (schema.TryGetProperty("enum", out var names))
        {
            return $"one of {string.Join(", ", names.EnumerateArray().Select(name => $"`{name}`"))}";
        }

        if (TryChoices(schema, out var choices))
        {
            return string.Join(", or ", choices.Select(KindOf).Where(kind => kind != "null").Distinct(StringComparer.Ordinal));
        }

        return TypeOf(schema) switch
        {
            "string" => StringKind(schema),
            "integer" => $"a whole number{Range(schema, "minimum", "maximum", "")}",
            "number" => "a number",
            "boolean" => "true or false",
            "array" => $"a list{(schema.TryGetProperty("items", out var items) ? $" in which each item is {KindOf(items)}" : "")}",
            "null" => "null",
            _ => schema.TryGetProperty("properties", out var properties)
                ? $"an object of {string.Join(", ", properties.EnumerateObject().Select(property => $"`{property.Name}`"))}"
                : "an object",
        };
    }

    /// <summary>Returns a value of a wrong kind, for an example of a refused request.</summary>
    public static JsonNode WrongValueFor(JsonElement schema)
    {
        schema = ApiDescription.Resolve(schema);
        var kinds = TryChoices(schema, out var choices) ? choices.Select(ApiDescription.Resolve).Select(TypeOf) : [TypeOf(schema)];
        return kinds.Any(kind => kind is "string") ? JsonValue.Create(4711) : JsonValue.Create("not this");
    }

    private static bool TryChoices(JsonElement schema, out IEnumerable<JsonElement> choices)
    {
        choices = schema.TryGetProperty("oneOf", out var some) || schema.TryGetProperty("anyOf", out some) ? some.EnumerateArray() : [];
        return choices.Any();
    }

    // Ignores null among several types: it means the same as leaving the property out.
    private static string? TypeOf(JsonElement schema) => !schema.TryGetProperty("type", out var type) ? null
        : type.ValueKind == JsonValueKind.String ? type.GetString()
        : type.EnumerateArray().Select(name => name.GetString()).FirstOrDefault(name => name != "null");

    private static string StringKind(JsonElement schema)
    {
        var format = schema.TryGetProperty("format", out var name) ? name.GetString() : null;
        return format switch
        {
            "date-time" => "a date and time in RFC 3339 format",
            "date" => "a date, `yyyy-MM-dd`",
            "uri" => $"an absolute URL{Range(schema, "minLength", "maxLength", " characters")}",
            _ => $"a string{Range(schema, "minLength", "maxLength", " characters")}",
        };
    }

    private static string Range(JsonElement schema, string least, string most, string unit)
    {
        var (from, to) = (Limit(schema, least), Limit(schema, most));
        return (from, to) switch
        {
            (null, null) => "",
            ({ } low, null) => $" of at least {low}{unit}",
            (null, { } high) => $" of at most {high}{unit}",
            ({ } low, { } high) => $" of {low} to {high}{unit}",
        };
    }

    private static string? Limit(JsonElement schema, string name) => schema.TryGetProperty(name, out var limit) ? limit.GetRawText() : null;
}
