using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Dojo.Pci.Tests.Unit.OpenApi;

/// <summary>A violation of a schema: the place in the document and the rule. Never the value found there.</summary>
internal sealed record SchemaViolation(string Path, string Rule)
{
    public override string ToString() => $"{Path}: {Rule}";
}

/// <summary>
/// The part of JSON Schema 2020-12 that our descriptions use, validated strictly: formats are checked, and an unknown keyword is an error of the
/// schema, not a rule that silently passes. No package that does this restores everywhere.
/// </summary>
/// <param name="root">The document that <c>$ref</c> points into.</param>
internal sealed class JsonSchema(JsonElement root)
{
    private const int MaximumDepth = 64;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    private static readonly HashSet<string> s_annotations = new(StringComparer.Ordinal)
    {
        "title", "description", "default", "example", "examples", "deprecated", "readOnly", "writeOnly", "$comment",
    };

    /// <summary>Every broken rule; empty when the instance is valid.</summary>
    public IReadOnlyList<SchemaViolation> Validate(JsonElement instance, JsonElement schema)
    {
        var violations = new List<SchemaViolation>();
        Validate(new Place(instance, "$", 0), schema, violations);
        return violations;
    }

    /// <summary>Returns the schema or other element that a reference inside the document points to.</summary>
    public JsonElement Resolve(string reference)
    {
        if (!reference.StartsWith("#/", StringComparison.Ordinal))
        {
            throw new InvalidSchemaException($"The reference {reference} leaves the document.");
        }

        var target = root;
        foreach (var step in reference[2..].Split('/').Select(Unescape))
        {
            if (target.ValueKind != JsonValueKind.Object || !target.TryGetProperty(step, out target))
            {
                throw new InvalidSchemaException($"The reference {reference} points to nothing.");
            }
        }

        return target;
    }

    private static string Unescape(string step) =>
        Uri.UnescapeDataString(step).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

    /// <returns>The members of the instance that this schema has evaluated.</returns>
    private HashSet<string> Validate(Place at, JsonElement schema, List<SchemaViolation> violations)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        if (at.Depth > MaximumDepth)
        {
            throw new InvalidSchemaException("The schema refers to itself without end.");
        }

        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            Expect(schema.ValueKind == JsonValueKind.True, at, "must not be there", violations);
            return seen;
        }

        foreach (var keyword in schema.EnumerateObject().Where(keyword => keyword.Name != "unevaluatedProperties"))
        {
            seen.UnionWith(Apply(at, schema, keyword.Name, keyword.Value, violations));
        }

        // It depends on what all other keywords have evaluated, wherever it is written.
        if (schema.TryGetProperty("unevaluatedProperties", out var rest) && at.Value.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in at.Value.EnumerateObject().Where(member => !seen.Contains(member.Name)).ToArray())
            {
                Validate(at.Member(member), rest, violations);
                seen.Add(member.Name);
            }
        }

        return seen;
    }

    private IEnumerable<string> Apply(Place at, JsonElement schema, string keyword, JsonElement rule, List<SchemaViolation> violations)
    {
        switch (keyword)
        {
            case "$ref":
                return Validate(at with { Depth = at.Depth + 1 }, Resolve(rule.GetString()!), violations);
            case "allOf":
                return rule.EnumerateArray().SelectMany(branch => Validate(at, branch, violations)).ToArray();
            case "anyOf" or "oneOf":
                return ValidateBranches(at, keyword, rule, violations);
            case "if":
                return ValidateCase(at, schema, rule, violations);
            case "then" or "else":
                return []; // handled with "if"
            case "properties" or "additionalProperties":
                return ValidateMembers(at, schema, keyword, rule, violations);
            case "propertyNames":
                ValidateNames(at, rule, violations);
                return [];
            case "items":
                ValidateItems(at, rule, violations);
                return [];
            case "required":
                ValidateRequired(at, rule, violations);
                return [];
            default:
                if (!s_annotations.Contains(keyword) && !keyword.StartsWith("x-", StringComparison.Ordinal))
                {
                    Expect(Holds(at.Value, keyword, rule), at, Describe(keyword, rule), violations);
                }

                return [];
        }
    }

    private string[] ValidateBranches(Place at, string keyword, JsonElement branches, List<SchemaViolation> violations)
    {
        var tried = branches.EnumerateArray()
            .Select(branch =>
            {
                var broken = new List<SchemaViolation>();
                return (Seen: Validate(at, branch, broken), Broken: broken);
            })
            .ToArray();
        var fitting = tried.Where(branch => branch.Broken.Count == 0).ToArray();
        if (fitting.Length == 0)
        {
            Expect(false, at, $"{keyword}: fits none of {tried.Length}; the nearest says:", violations);
            violations.AddRange(tried.MinBy(branch => branch.Broken.Count).Broken);
        }
        else if (keyword == "oneOf")
        {
            Expect(fitting.Length == 1, at, $"oneOf: fits {fitting.Length} of {tried.Length}, not one", violations);
        }

        return [.. fitting.SelectMany(branch => branch.Seen)];
    }

    private HashSet<string> ValidateCase(Place at, JsonElement schema, JsonElement condition, List<SchemaViolation> violations)
    {
        var unmet = new List<SchemaViolation>();
        var seen = Validate(at, condition, unmet);
        if (schema.TryGetProperty(unmet.Count == 0 ? "then" : "else", out var consequence))
        {
            seen.UnionWith(Validate(at, consequence, violations));
        }

        return seen;
    }

    private string[] ValidateMembers(Place at, JsonElement schema, string keyword, JsonElement rule, List<SchemaViolation> violations)
    {
        if (at.Value.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        var declared = schema.TryGetProperty("properties", out var properties) ? properties : default;
        var members = at.Value.EnumerateObject()
            .Where(member => keyword == "properties" == IsDeclared(declared, member.Name))
            .ToArray();
        foreach (var member in members)
        {
            Validate(at.Member(member), keyword == "properties" ? rule.GetProperty(member.Name) : rule, violations);
        }

        return [.. members.Select(member => member.Name)];
    }

    private static bool IsDeclared(JsonElement properties, string name) =>
        properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(name, out _);

    private void ValidateNames(Place at, JsonElement rule, List<SchemaViolation> violations)
    {
        if (at.Value.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var member in at.Value.EnumerateObject())
        {
            var broken = new List<SchemaViolation>();
            Validate(new Place(JsonSerializer.SerializeToElement(member.Name), at.Path, at.Depth + 1), rule, broken);
            violations.AddRange(broken.Select(violation => violation with { Rule = $"the name of a member: {violation.Rule}" }));
        }
    }

    private void ValidateItems(Place at, JsonElement rule, List<SchemaViolation> violations)
    {
        if (at.Value.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        foreach (var (index, item) in at.Value.EnumerateArray().Index())
        {
            Validate(new Place(item, $"{at.Path}[{index}]", at.Depth + 1), rule, violations);
        }
    }

    private static void ValidateRequired(Place at, JsonElement names, List<SchemaViolation> violations)
    {
        if (at.Value.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var name in names.EnumerateArray().Select(name => name.GetString()!))
        {
            Expect(at.Value.TryGetProperty(name, out _), at with { Path = $"{at.Path}.{name}" }, "is missing", violations);
        }
    }

    private static void Expect(bool holds, Place at, string rule, List<SchemaViolation> violations)
    {
        if (!holds)
        {
            violations.Add(new SchemaViolation(at.Path, rule));
        }
    }

    private static string Describe(string keyword, JsonElement rule) => $"{keyword} must be {rule.GetRawText()}";

    private static bool Holds(JsonElement value, string keyword, JsonElement rule) => keyword switch
    {
        "type" => rule.ValueKind == JsonValueKind.Array
            ? rule.EnumerateArray().Any(type => IsOfType(value, type.GetString()!))
            : IsOfType(value, rule.GetString()!),
        "enum" => rule.EnumerateArray().Any(allowed => JsonElement.DeepEquals(allowed, value)),
        "const" => JsonElement.DeepEquals(rule, value),
        "minLength" => value.ValueKind != JsonValueKind.String || LengthOf(value) >= rule.GetInt32(),
        "maxLength" => value.ValueKind != JsonValueKind.String || LengthOf(value) <= rule.GetInt32(),
        "pattern" => value.ValueKind != JsonValueKind.String || Matches(value.GetString()!, rule.GetString()!),
        "format" => value.ValueKind is not (JsonValueKind.String or JsonValueKind.Number) || HasFormat(value, rule.GetString()!),
        "minimum" => value.ValueKind != JsonValueKind.Number || value.GetDecimal() >= rule.GetDecimal(),
        "maximum" => value.ValueKind != JsonValueKind.Number || value.GetDecimal() <= rule.GetDecimal(),
        "minItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() >= rule.GetInt32(),
        "maxItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() <= rule.GetInt32(),
        "minProperties" => value.ValueKind != JsonValueKind.Object || value.GetPropertyCount() >= rule.GetInt32(),
        "maxProperties" => value.ValueKind != JsonValueKind.Object || value.GetPropertyCount() <= rule.GetInt32(),
        _ => throw new InvalidSchemaException($"The keyword {keyword} is not known."),
    };

    private static bool IsOfType(JsonElement value, string type) => (type, value.ValueKind) switch
    {
        ("object", JsonValueKind.Object) => true,
        ("array", JsonValueKind.Array) => true,
        ("string", JsonValueKind.String) => true,
        ("number", JsonValueKind.Number) => true,
        ("integer", JsonValueKind.Number) => value.TryGetDecimal(out var number) && decimal.IsInteger(number),
        ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("null", JsonValueKind.Null) => true,
        ("object" or "array" or "string" or "number" or "integer" or "boolean" or "null", _) => false,
        _ => throw new InvalidSchemaException($"The type {type} is not known."),
    };

    // JSON Schema counts Unicode code points.
    private static int LengthOf(JsonElement text) => text.GetString()!.EnumerateRunes().Count();

    // In .NET, unlike in ECMA-262, "$" also matches before a last line break.
    private static bool Matches(string text, string pattern) =>
        Regex.IsMatch(text, pattern.EndsWith('$') ? $"{pattern[..^1]}\\z" : pattern, RegexOptions.CultureInvariant, s_patience);

    private static bool HasFormat(JsonElement value, string format) => format switch
    {
        "int32" => value.ValueKind != JsonValueKind.Number || value.TryGetInt32(out _),
        "int64" => value.ValueKind != JsonValueKind.Number || value.TryGetInt64(out _),
        "date-time" => IsDateTime(value.GetString()!),
        "date" => DateOnly.TryParseExact(value.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "uri" => Uri.TryCreate(value.GetString(), UriKind.Absolute, out _),
        _ => throw new InvalidSchemaException($"The format {format} is not known."),
    };

    private static bool IsDateTime(string text) =>
        Matches(text, @"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})$")
        && DateTimeOffset.TryParse(WithoutFraction(text), CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    // .NET reads seven digits of a second at most.
    private static string WithoutFraction(string text) => Regex.Replace(text, "[.][0-9]+", "", RegexOptions.None, s_patience);

    private readonly record struct Place(JsonElement Value, string Path, int Depth)
    {
        public Place Member(JsonProperty member) => new(member.Value, $"{Path}.{member.Name}", Depth + 1);
    }
}

/// <summary>The schema itself is invalid.</summary>
internal sealed class InvalidSchemaException(string message) : Exception(message);
