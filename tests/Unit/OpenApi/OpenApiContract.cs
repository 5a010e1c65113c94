using System.Globalization;
using System.Text.Json;
using Dojo.Pci.Portal.Api.OpenApi;

namespace Dojo.Pci.Tests.Unit.OpenApi;

/// <summary>One operation of the document.</summary>
/// <param name="Method">The HTTP method, upper case.</param>
/// <param name="Template">The path template in the document.</param>
/// <param name="Definition">Its part of the document.</param>
internal sealed record DocumentedOperation(string Method, string Template, JsonElement Definition)
{
    public string Id => Definition.GetProperty("operationId").GetString()!;

    /// <summary>Dojo's name for the operation, which selects its shapes; our own name where Dojo lacks the operation or uses the same name.</summary>
    public string OfficialId => Definition.TryGetProperty("x-dojo-operation-id", out var official) ? official.GetString()! : Id;

    public bool NeedsKey => Definition.GetProperty("security").EnumerateArray().Any(way => way.TryGetProperty("apiKey", out _));

    public override string ToString() => $"{Method} {Template}";
}

/// <summary>An answer to check.</summary>
/// <param name="Method">The method of the request.</param>
/// <param name="Path">The path of the request, or a path of the document.</param>
/// <param name="Status">The status.</param>
/// <param name="ContentType">The content type with its parameters; null for none.</param>
/// <param name="Body">The body.</param>
/// <param name="Version">The requested version; null for none.</param>
/// <param name="Headers">The headers of the answer; null when they are not validated.</param>
internal sealed record ValidatedAnswer(
    string Method,
    string Path,
    int Status,
    string? ContentType,
    ReadOnlyMemory<byte> Body,
    string? Version = null,
    IReadOnlyDictionary<string, string>? Headers = null);

/// <summary>
/// The API's contract: our own OpenAPI document and, for the operations that Dojo has too, the shapes that Dojo's clients are generated from
/// (<c>official/*.json</c>). An answer must satisfy both.
/// </summary>
internal sealed class OpenApiContract
{
    private static readonly JsonDocumentOptions s_strict = new() { AllowDuplicateProperties = false };
    private static readonly Lazy<OpenApiContract> s_current = new(() => new OpenApiContract(OpenApiEndpoint.Document));
    private static readonly OfficialShapes s_official2022 = OfficialShapes.Load("2022-04-07");
    private static readonly OfficialShapes s_official2025 = OfficialShapes.Load("2025-09-10");

    private readonly JsonSchema _schema;
    private readonly HashSet<string> _roots;

    public OpenApiContract(ReadOnlyMemory<byte> document)
    {
        using var parsed = JsonDocument.Parse(document, s_strict);
        Document = parsed.RootElement.Clone();
        _schema = new JsonSchema(Document);
        Operations =
        [
            .. from path in Document.GetProperty("paths").EnumerateObject()
               from method in path.Value.EnumerateObject()
               select new DocumentedOperation(method.Name.ToUpperInvariant(), path.Name, method.Value),
        ];
        _roots = [.. Operations.Where(operation => operation.NeedsKey).Select(operation => SegmentsOf(operation.Template)[0])];
    }

    /// <summary>The contract of the current build of the portal.</summary>
    public static OpenApiContract Current => s_current.Value;

    public JsonElement Document { get; }

    public IReadOnlyList<DocumentedOperation> Operations { get; }

    /// <summary>Whether the document covers a path: it names it, or the path shares its first segment with operations that need a key.</summary>
    public bool Covers(string path) =>
        PathMatching(path) is not null || _roots.Contains(SegmentsOf(path).FirstOrDefault() ?? "", StringComparer.OrdinalIgnoreCase);

    /// <summary>Validates an instance against a schema of the document.</summary>
    public IReadOnlyList<SchemaViolation> Validate(JsonElement instance, JsonElement schema) => _schema.Validate(instance, schema);

    /// <summary>Resolves a reference, if the element is one.</summary>
    public JsonElement Resolve(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty("$ref", out var reference) ? _schema.Resolve(reference.GetString()!) : element;

    /// <summary>Throws unless the document and Dojo's own description allow the answer.</summary>
    /// <exception cref="ContractBrokenException">The answer is not allowed.</exception>
    public void Check(ValidatedAnswer answer)
    {
        var template = PathMatching(answer.Path);
        var operation = Operations.FirstOrDefault(operation => operation.Template == template && IsMethodOf(operation, IsMethod(answer.Method, HttpMethod.Head) ? "GET" : answer.Method));
        var name = operation?.ToString() ?? $"{answer.Method} {template ?? "(no documented path)"}";
        var response = ResponseFor(answer, operation, template)
            ?? throw new ContractBrokenException(name, answer.Status, "is not documented");

        CheckHeaders(name, answer, response);
        if (IsMethod(answer.Method, HttpMethod.Head))
        {
            return; // it has no body by definition
        }

        if (CheckBody(name, answer, response) is { } body && operation is not null && answer.Status == 200)
        {
            CheckOfficial(name, answer, operation, body);
        }
    }

    private JsonElement? ResponseFor(ValidatedAnswer answer, DocumentedOperation? operation, string? template)
    {
        if (operation is not null)
        {
            return operation.Definition.GetProperty("responses").TryGetProperty(answer.Status.ToString(CultureInfo.InvariantCulture), out var response)
                ? Resolve(response)
                : null;
        }

        // The API may only refuse what the document lacks: callers without a key get 401, all others 404 or 405.
        return (answer.Status, template) switch
        {
            (401, _) => _schema.Resolve("#/components/responses/Unauthorized"),
            (404, null) => _schema.Resolve("#/components/responses/NotFound"),
            (405, not null) => _schema.Resolve("#/components/responses/MethodNotAllowed"),
            _ => null,
        };
    }

    private void CheckHeaders(string operation, ValidatedAnswer answer, JsonElement response)
    {
        if (answer.Headers is null || !response.TryGetProperty("headers", out var headers))
        {
            return;
        }

        foreach (var header in headers.EnumerateObject())
        {
            var definition = Resolve(header.Value);
            var isThere = answer.Headers.TryGetValue(header.Name, out var text);
            var broken = isThere
                ? Validate(JsonSerializer.SerializeToElement(text), definition.GetProperty("schema")).Select(violation => violation.Rule)
                : definition.TryGetProperty("required", out var required) && required.GetBoolean() ? ["is missing"] : [];
            ContractBrokenException.ThrowIfAny(operation, answer.Status, broken.Select(rule => $"header {header.Name}: {rule}"));
        }
    }

    private JsonElement? CheckBody(string operation, ValidatedAnswer answer, JsonElement response)
    {
        if (!response.TryGetProperty("content", out var contents))
        {
            ContractBrokenException.ThrowIfAny(operation, answer.Status, answer.Body.IsEmpty ? [] : ["has a body; none is documented"]);
            return null;
        }

        var type = answer.ContentType?.Split(';')[0].Trim();
        var content = contents.EnumerateObject().FirstOrDefault(content => content.Name.Equals(type, StringComparison.OrdinalIgnoreCase));
        if (content.Value.ValueKind == JsonValueKind.Undefined)
        {
            throw new ContractBrokenException(operation, answer.Status, $"the content type {type ?? "(none)"} is not documented");
        }

        if (type!.EndsWith("json", StringComparison.OrdinalIgnoreCase))
        {
            var body = Parse(operation, answer);
            ContractBrokenException.ThrowIfAny(operation, answer.Status, Validate(body, content.Value.GetProperty("schema")).Select(violation => violation.ToString()));
            CheckStatus(operation, answer, body);
            return body;
        }

        return null;
    }

    // One schema describes every problem, so that generated clients have one type for it. This checks that each problem states its own status.
    private static void CheckStatus(string operation, ValidatedAnswer answer, JsonElement body)
    {
        if (answer.Status >= 400 && body.GetProperty("status") is var told && told.GetInt32() != answer.Status)
        {
            throw new ContractBrokenException(operation, answer.Status, "$.status: must be the status of the answer");
        }
    }

    private static JsonElement Parse(string operation, ValidatedAnswer answer)
    {
        try
        {
            using var parsed = JsonDocument.Parse(answer.Body, s_strict);
            return parsed.RootElement.Clone();
        }
        catch (JsonException)
        {
            // The parser's message may quote the body.
            throw new ContractBrokenException(operation, answer.Status, "the body is not JSON, or has a property twice");
        }
    }

    private static void CheckOfficial(string name, ValidatedAnswer answer, DocumentedOperation operation, JsonElement body)
    {
        var official = OfficialFor(answer.Version);
        ContractBrokenException.ThrowIfAny(name, answer.Status, official?.Validate(operation.OfficialId, body) ?? []);
    }

    // 2023-11-12 is a version of the PCI API only: the only source for its answers is the seed, which our document includes.
    private static OfficialShapes? OfficialFor(string? version) =>
        !DateOnly.TryParseExact(version, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? null
        : date >= new DateOnly(2024, 2, 5) ? s_official2025
        : date < new DateOnly(2023, 11, 12) ? s_official2022
        : null;

    private string? PathMatching(string path)
    {
        var segments = SegmentsOf(path);
        return Operations.Select(operation => operation.Template)
            .Distinct(StringComparer.Ordinal)
            .Where(template => Matches(SegmentsOf(template), segments))
            .MinBy(FirstParameter);
    }

    private static bool Matches(string[] template, string[] segments) =>
        template.Length == segments.Length
        && template.Zip(segments).All(pair => IsParameter(pair.First) || pair.First.Equals(pair.Second, StringComparison.OrdinalIgnoreCase));

    // As in routing, the literal segment wins, from the left. A negative position sorts the latest parameter first.
    private static int FirstParameter(string template)
    {
        var position = Array.FindIndex(SegmentsOf(template), IsParameter);
        return position < 0 ? int.MinValue : -position;
    }

    private static bool IsParameter(string segment) => segment.StartsWith('{');

    private static string[] SegmentsOf(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries);

    private static bool IsMethodOf(DocumentedOperation operation, string method) => operation.Method.Equals(method, StringComparison.OrdinalIgnoreCase);

    private static bool IsMethod(string text, HttpMethod method) => method.Method.Equals(text, StringComparison.OrdinalIgnoreCase);
}

/// <summary>An answer broke its contract. The message names the place and the rule, never the value found there.</summary>
internal sealed class ContractBrokenException(string operation, int status, string rule)
    : Exception($"{operation} answered {status.ToString(CultureInfo.InvariantCulture)}: {rule}.")
{
    public static void ThrowIfAny(string operation, int status, IEnumerable<string> broken)
    {
        var rules = broken.ToArray();
        if (rules.Length > 0)
        {
            throw new ContractBrokenException(operation, status, string.Join("; ", rules));
        }
    }
}
