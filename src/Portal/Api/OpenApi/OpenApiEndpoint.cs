using System.Net.Mime;
using System.Security.Cryptography;
using System.Text;
using Dojo.Pci.Portal.Api.Gate;
using Dojo.Pci.Portal.Docs;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Dojo.Pci.Portal.Api.OpenApi;

/// <summary>
/// The description of the API: it is written by hand, beside the code it describes, and tests hold the two
/// together. Its server is the address that it is read at.
/// </summary>
internal static class OpenApiEndpoint
{
    private static readonly byte[] s_server = "\"servers\": [{\"url\": \"/\""u8.ToArray();
    private static readonly int s_afterServer = Document.Span.IndexOf(s_server) + s_server.Length;

    /// <summary>The document, UTF-8, as it is written: its server is <c>/</c>.</summary>
    public static ReadOnlyMemory<byte> Document => ApiDescription.Bytes;

    public static void MapOpenApiDocument(this IEndpointRouteBuilder routes) =>
        routes.MapMethods(PortalUrls.OpenApi, [HttpMethods.Get, HttpMethods.Head], Get).AllowAnonymous().OpenToBrowsers().WithSummary("The description of the API");

    private static FileContentHttpResult Get(HttpRequest request, HttpResponse response)
    {
        // May be kept, but only used after asking whether it is still the same.
        response.Headers.CacheControl = "no-cache";
        var document = At($"{request.Scheme}{Uri.SchemeDelimiter}{request.Host.Value}");
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(document))[..16]}\"");
        return TypedResults.Bytes(document, MediaTypeNames.Application.Json, entityTag: tag);
    }

    // A host that reached this is ours, and holds no character that JSON would escape.
    private static byte[] At(string origin) =>
        [.. Document.Span[..(s_afterServer - 2)], .. Encoding.ASCII.GetBytes(origin), .. Document.Span[(s_afterServer - 1)..]];
}
