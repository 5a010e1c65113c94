using System.Net.Mime;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Dojo.Pci.Portal.Api.OpenApi;

/// <summary>
/// The description of the API, for whoever asks: it is written by hand, beside the code it describes, and tests hold the two
/// together. Its server is <c>/</c>: wherever it was read from.
/// </summary>
internal static class OpenApiEndpoint
{
    private const string Resource = "openapi-v1.json";

    private static readonly byte[] s_document = Load();
    private static readonly EntityTagHeaderValue s_tag = new($"\"{Convert.ToHexStringLower(SHA256.HashData(s_document))[..16]}\"");

    /// <summary>The document, UTF-8.</summary>
    public static ReadOnlyMemory<byte> Document => s_document;

    public static void MapOpenApiDocument(this IEndpointRouteBuilder routes) =>
        routes.MapMethods(PortalUrls.OpenApi, [HttpMethods.Get, HttpMethods.Head], Get).AllowAnonymous().WithSummary("The description of the API");

    private static FileContentHttpResult Get(HttpResponse response)
    {
        // May be kept, but only used after asking whether it is still the same.
        response.Headers.CacheControl = "no-cache";
        return TypedResults.Bytes(s_document, MediaTypeNames.Application.Json, entityTag: s_tag);
    }

    private static byte[] Load()
    {
        using var stream = typeof(OpenApiEndpoint).Assembly.GetManifestResourceStream(Resource)!;
        var document = new byte[stream.Length];
        stream.ReadExactly(document);
        return document;
    }
}
