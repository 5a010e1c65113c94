using System.Text.Json;

namespace Dojo.Pci.Tests.Unit.OpenApi;

/// <summary>
/// The answers that clients generated from Dojo's published description of one version understand: an additional member, or a null where the
/// description allows none, breaks a strict client.
/// </summary>
internal sealed class OfficialShapes
{
    private readonly string _version;
    private readonly JsonElement _document;
    private readonly JsonSchema _schema;

    private OfficialShapes(string version, JsonElement document)
    {
        _version = version;
        _document = document;
        _schema = new JsonSchema(document);
    }

    public static OfficialShapes Load(string version)
    {
        using var stream = typeof(OfficialShapes).Assembly.GetManifestResourceStream($"official-{version}.json")!;
        using var parsed = JsonDocument.Parse(stream);
        return new OfficialShapes(version, parsed.RootElement.Clone());
    }

    /// <summary>Returns the rules that the body of a 200 breaks; none when Dojo lacks the operation.</summary>
    public IEnumerable<string> Validate(string operationId, JsonElement body) =>
        _document.GetProperty("operations").TryGetProperty(operationId, out var name)
            ? _schema.Validate(body, _schema.Resolve($"#/schemas/{name.GetString()}")).Select(violation => $"Dojo's {_version}: {violation}")
            : [];
}
