using System.Text.Json.Nodes;
using Dojo.Pci.Portal.Docs.Samples;

namespace Dojo.Pci.Portal.Docs.Errors;

/// <summary>Small changes to a request, from which the examples of refused requests are built.</summary>
internal static class Requests
{
    public static ApiOperation Operation(string id) => ApiDescription.Operation(id);

    /// <summary>Replaces the body.</summary>
    public static Func<SampleRequest, SampleRequest> WithBody(string json) => request => request with { Body = JsonNode.Parse(json) };

    /// <summary>Sets a property of the body; null removes it.</summary>
    public static Func<SampleRequest, SampleRequest> WithProperty(string name, JsonNode? value) => request =>
    {
        var body = (JsonObject)request.Body!.DeepClone();
        if (value is null)
        {
            body.Remove(name);
        }
        else
        {
            body[name] = value.DeepClone(); // an existing property keeps its place
        }

        return request with { Body = body };
    };

    /// <summary>Sets a header; null removes it.</summary>
    public static Func<SampleRequest, SampleRequest> WithHeader(string name, string? value) => request => request with
    {
        Headers = [.. request.Headers.Where(header => header.Name != name), .. value is null ? [] : new[] { (name, value) }],
    };

    /// <summary>Replaces the query by one parameter.</summary>
    public static Func<SampleRequest, SampleRequest> WithQuery(string name, string value) => request =>
        request with { Address = new UriBuilder(request.Address) { Query = $"{name}={Uri.EscapeDataString(value)}" }.Uri };
}
