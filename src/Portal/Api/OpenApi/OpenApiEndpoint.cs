using System.Net.Mime;
using System.Security.Cryptography;
using System.Text;
using Dojo.Pci.Portal.Api.Gate;
using Dojo.Pci.Portal.Docs;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Dojo.Pci.Portal.Api.OpenApi;

/// <summary>
/// Serves the OpenAPI description. It is written by hand, beside the code it describes, and tests keep the two consistent. Its server is
/// the address at which it is read.
/// </summary>
internal static class OpenApiEndpoint
{
    private static readonly byte[] s_server = "\"servers\": [{\"url\": \"/\""u8.ToArray();
    private static readonly int s_afterServer = Document.Span.IndexOf(s_server) + s_server.Length;

    /// <summary>The document as it is written, in UTF-8: its server is <c>/</c>.</summary>
    public static ReadOnlyMemory<byte> Document => ApiDescription.Bytes;

    public static void MapOpenApiDocument(this IEndpointRouteBuilder routes) =>
        routes.MapMethods(PortalUrls.OpenApi, [HttpMethods.Get, HttpMethods.Head], Get).AllowAnonymous().OpenToBrowsers().WithSummary("The description of the API");

    private static FileContentHttpResult Get(HttpRequest request, HttpResponse response)
    {
        // Clients may cache it, but must revalidate it before each use.
        response.Headers.CacheControl = "no-cache";
        var document = At($"{request.Scheme}{Uri.SchemeDelimiter}{request.Host.Value}");
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(document))[..16]}\"");
        return TypedResults.Bytes(document, MediaTypeNames.Application.Json, entityTag: tag);
    }

    // A request that gets here names a host of ours, which holds no character that JSON would escape.
    private static byte[] At(string origin) =>
        [.. Document.Span[..(s_afterServer - 2)], .. Encoding.ASCII.GetBytes(origin), .. Document.Span[(s_afterServer - 1)..]];
}
