using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Dojo.Pci.Tests.Unit.Api;

/// <summary>An answer of the API, read to its end.</summary>
public sealed partial record ApiAnswer(HttpStatusCode Status, ILookup<string, string> Headers, string Body)
{
    private static readonly JsonSerializerOptions s_strict = new() { AllowDuplicateProperties = false };

    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body, s_strict);

    /// <summary>The status line, headers and body, for searches.</summary>
    public string Everything => $"{Status}\n{string.Join('\n', Headers.SelectMany(header => header.Select(value => $"{header.Key}: {value}")))}\n{Body}";

    public string this[string member] => Json.GetProperty(member).GetString()!;

    public string? Header(string name) => Headers[name] is var values && values.Any() ? string.Join("; ", values) : null;

    /// <summary>The body without the one member that differs between equal answers.</summary>
    public string BodyWithoutTraceId() => TraceIdMember().Replace(Body, "");

    public IReadOnlyList<string> PropertyNames() => [.. Json.EnumerateObject().Select(member => member.Name)];

    /// <summary>The invalid fields in the order of the answer.</summary>
    public IReadOnlyList<string> InvalidFields() => [.. Json.GetProperty("errors").EnumerateObject().Select(member => member.Name)];

    public IReadOnlyList<string> ErrorsOf(string field) =>
        [.. Json.GetProperty("errors").GetProperty(field).EnumerateArray().Select(message => message.GetString()!)];

    /// <summary>Checks that this is a 200 with a setup intent.</summary>
    public ApiAnswer ShouldBeOk()
    {
        Status.ShouldBe(HttpStatusCode.OK, Body);
        this["id"].ShouldNotBeEmpty();
        return this;
    }

    /// <summary>Checks that this is a problem document as the contract defines it.</summary>
    public ApiAnswer ShouldBeProblem(int status)
    {
        ((int)Status).ShouldBe(status, Body);
        Header("Content-Type").ShouldBe("application/problem+json");
        Header("Cache-Control").ShouldBe("no-store");
        Json.GetProperty("status").GetInt32().ShouldBe(status);
        this["type"].ShouldStartWith("https://tools.ietf.org/html/rfc");
        this["title"].ShouldNotBeEmpty();
        this["traceId"].ShouldMatch("^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$");
        return this;
    }

    /// <summary>Checks that this is a 400 about exactly one field.</summary>
    public ApiAnswer ShouldBeInvalid(string field)
    {
        ShouldBeProblem(400);
        InvalidFields().ShouldBe([field], Body);
        return this;
    }

    [GeneratedRegex("\"traceId\":\"[^\"]*\"", RegexOptions.NonBacktracking)]
    private static partial Regex TraceIdMember();
}

internal static class ApiCalls
{
    public const string Path = "/setup-intents";

    public static Task<ApiAnswer> TokenizeAsync(this HttpClient client, string json, params (string Name, string Value)[] headers) =>
        client.TokenizeAsync(Encoding.UTF8.GetBytes(json), headers);

    public static Task<ApiAnswer> TokenizeAsync(this HttpClient client, byte[] body, params (string Name, string Value)[] headers) =>
        client.AskAsync(HttpMethod.Post, Path, body, headers);

    /// <summary>Sends a request; the body is application/json unless a header says otherwise.</summary>
    public static async Task<ApiAnswer> AskAsync(
        this HttpClient client, HttpMethod method, string path, byte[]? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        }

        foreach (var (name, value) in headers)
        {
            if (name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase))
            {
                request.Content!.Headers.Remove(name);
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
            else
            {
                request.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue();
            }
        }

        return await client.ReadAsync(request);
    }

    public static async Task<ApiAnswer> ReadAsync(this HttpClient client, HttpRequestMessage request)
    {
        var ct = TestContext.Current.CancellationToken;
        using var response = await client.SendAsync(request, ct);
        var headers = response.Headers.Concat(response.Content.Headers)
            .SelectMany(header => header.Value.Select(value => (header.Key, Value: value)))
            .ToLookup(header => header.Key, header => header.Value, StringComparer.OrdinalIgnoreCase);
        return new ApiAnswer(response.StatusCode, headers, await response.Content.ReadAsStringAsync(ct));
    }
}
