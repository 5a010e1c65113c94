using System.Text.Json.Nodes;
using Dojo.Pci.Portal.Docs.Samples;

namespace Dojo.Pci.Portal.Docs.Errors;

/// <summary>Small changes of a request, of which the examples of refusals are made.</summary>
internal static class Requests
{
    public static ApiOperation Operation(string id) => ApiDescription.Operation(id);

    /// <summary>Another body.</summary>
    public static Func<SampleRequest, SampleRequest> WithBody(string json) => request => request with { Body = JsonNode.Parse(json) };

    /// <summary>A property of the body with another value; null leaves it out.</summary>
    public static Func<SampleRequest, SampleRequest> WithProperty(string name, JsonNode? value) => request =>
    {
        var body = (JsonObject)request.Body!.DeepClone();
        if (value is null)
        {
            body.Remove(name);
        }
        else
        {
            body[name] = value.DeepClone(); // in its place, where it has one
        }

        return request with { Body = body };
    };

    /// <summary>A header with another value; null leaves it out.</summary>
    public static Func<SampleRequest, SampleRequest> WithHeader(string name, string? value) => request => request with
    {
        Headers = [.. request.Headers.Where(header => header.Name != name), .. value is null ? [] : new[] { (name, value) }],
    };

    /// <summary>A parameter of the query.</summary>
    public static Func<SampleRequest, SampleRequest> WithQuery(string name, string value) => request =>
        request with { Address = new UriBuilder(request.Address) { Query = $"{name}={Uri.EscapeDataString(value)}" }.Uri };
}
