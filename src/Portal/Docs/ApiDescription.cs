using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Dojo.Pci.Portal.Docs;

/// <summary>An operation of the API, from the OpenAPI description.</summary>
/// <param name="Id">Its unique id, such as <c>SetupIntents_Create</c>.</param>
/// <param name="Tag">The group to which it belongs.</param>
/// <param name="Method">The HTTP method, in upper case.</param>
/// <param name="Path">The path, with its parameters in braces.</param>
/// <param name="Definition">Its part of the description.</param>
public sealed partial record ApiOperation(string Id, string Tag, string Method, string Path, JsonElement Definition)
{
    /// <summary>Its name in addresses, such as <c>setup-intents-create</c>.</summary>
    public string Slug { get; } = WordStart().Replace(Id.Replace('_', '-'), "-$0").ToLowerInvariant();

    /// <summary>Its anchor in the API reference, in Scalar's format.</summary>
    public string Anchor => $"tag/{Tag.ToLowerInvariant().Replace(' ', '-')}/{Method}{Path}";

    /// <summary>What it does, in a few words.</summary>
    public string Summary => Text("summary");

    /// <summary>What it does, in Markdown; empty if the summary is enough.</summary>
    public string Description => Text("description");

    /// <summary>How it extends Dojo's API, in a sentence; empty if it does not.</summary>
    public string Extension => Text("x-extension-note");

    /// <summary>Whether it is called with a secret of a customer instead of an API key.</summary>
    public bool TakesCustomerSecret => NeedsKey && Definition.GetProperty("security")[0].TryGetProperty("customerSecret", out _);

    /// <summary>Whether it is called with an API key, or another secret.</summary>
    public bool NeedsKey => Definition.GetProperty("security").GetArrayLength() > 0;

    /// <summary>Its parameters in path, query and headers.</summary>
    public IEnumerable<ApiParameter> Parameters => Definition.TryGetProperty("parameters", out var parameters)
        ? parameters.EnumerateArray().Select(ApiDescription.Resolve).Select(ApiParameter.Of)
        : [];

    /// <summary>The schema of its body; null if it takes none.</summary>
    public JsonElement? BodySchema => Body is { } body ? ApiDescription.Resolve(body.GetProperty("schema")) : null;

    /// <summary>The first example of its body; null if it takes none.</summary>
    public JsonNode? BodyExample => Body is { } body ? JsonNode.Parse(body.GetProperty("examples").EnumerateObject().First().Value.GetProperty("value").GetRawText()) : null;

    /// <summary>Its possible answers: the status, its description, and the first example of the body.</summary>
    public IEnumerable<(string Status, string Description, string? Example)> Answers =>
        from answer in Definition.GetProperty("responses").EnumerateObject()
        let response = ApiDescription.Resolve(answer.Value)
        select (answer.Name, response.GetProperty("description").GetString()!, ExampleOf(response));

    private JsonElement? Body => Definition.TryGetProperty("requestBody", out var body) ? ApiDescription.Resolve(body).GetProperty("content").GetProperty("application/json") : null;

    private static string? ExampleOf(JsonElement response) =>
        response.TryGetProperty("content", out var content)
        && content.EnumerateObject().First().Value is var media
        && media.TryGetProperty("examples", out var examples)
        && examples.EnumerateObject().First().Value.TryGetProperty("value", out var value)
        && value.ValueKind == JsonValueKind.Object
            ? SampleJson.Pretty(JsonNode.Parse(value.GetRawText())!)
            : null;

    private string Text(string property) => Definition.TryGetProperty(property, out var text) ? text.GetString()! : "";

    [GeneratedRegex("(?<=[a-z])[A-Z]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WordStart();
}

/// <summary>A parameter of an operation.</summary>
/// <param name="Name">Its name.</param>
/// <param name="In"><c>path</c>, <c>query</c> or <c>header</c>.</param>
/// <param name="IsRequired">Whether it must be sent.</param>
/// <param name="Description">What it means, in Markdown.</param>
/// <param name="Example">An example.</param>
public sealed record ApiParameter(string Name, string In, bool IsRequired, string Description, string Example)
{
    internal static ApiParameter Of(JsonElement parameter) => new(
        parameter.GetProperty("name").GetString()!,
        parameter.GetProperty("in").GetString()!,
        parameter.TryGetProperty("required", out var required) && required.GetBoolean(),
        parameter.TryGetProperty("description", out var description) ? description.GetString()! : "",
        parameter.TryGetProperty("example", out var example) ? example.ToString() : "");
}

/// <summary>The OpenAPI 3.1 description of the API, from which samples, pages and links are generated.</summary>
internal static class ApiDescription
{
    private const string Resource = "openapi-v1.json";

    /// <summary>The document as it is written, in UTF-8: its server is <c>/</c>.</summary>
    public static ReadOnlyMemory<byte> Bytes { get; } = Load();

    /// <summary>The document.</summary>
    public static JsonElement Document { get; } = Parse();

    /// <summary>Every operation, in the order of the document.</summary>
    public static IReadOnlyList<ApiOperation> Operations { get; } =
    [
        .. from path in Document.GetProperty("paths").EnumerateObject()
           from method in path.Value.EnumerateObject()
           select new ApiOperation(
               method.Value.GetProperty("operationId").GetString()!, method.Value.GetProperty("tags")[0].GetString()!, method.Name.ToUpperInvariant(), path.Name, method.Value),
    ];

    /// <summary>Returns the operation with an id, which must exist.</summary>
    public static ApiOperation Operation(string id) => Operations.Single(operation => operation.Id == id);

    /// <summary>Resolves an element that is a reference within the document; returns any other element as it is.</summary>
    public static JsonElement Resolve(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty("$ref", out var reference))
        {
            return element;
        }

        var found = Document;
        foreach (var step in reference.GetString()!.Split('/')[1..])
        {
            found = found.GetProperty(step);
        }

        return Resolve(found);
    }

    private static byte[] Load()
    {
        using var stream = typeof(ApiDescription).Assembly.GetManifestResourceStream(Resource)!;
        var document = new byte[stream.Length];
        stream.ReadExactly(document);
        return document;
    }

    private static JsonElement Parse()
    {
        using var document = JsonDocument.Parse(Bytes);
        return document.RootElement.Clone();
    }
}
