using System.Net.Mime;
using Dojo.Pci.Portal.Api.Errors;
using Dojo.Pci.Portal.Api.Gate;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Dojo.Pci.Portal.Api.Json;

/// <summary>Takes the body of a request that must be JSON and, once it has arrived, the request's <see cref="WriteSlot"/>.</summary>
internal static class JsonRequest
{
    // The registered name, and the one that many write instead.
    private static readonly string[] s_namesOfUtf8 = ["utf-8", "utf8"];

    /// <summary>Takes the body; null if it cannot be taken, in which case the request has been answered.</summary>
    public static async ValueTask<RequestBody?> TakeBodyAsync(HttpContext context)
    {
        if (!IsPlainJson(context.Request))
        {
            await Problems.WriteAsync(context, StatusCodes.Status415UnsupportedMediaType, "Send the body as application/json, in UTF-8, not compressed.");
            return null;
        }

        var place = WriteSlot.Of(context);
        RequestBody? body;
        try
        {
            body = await RequestBody.ReadAsync(context.Request, place);
        }
        catch (IOException exception) when (exception is not BadHttpRequestException && !context.RequestAborted.IsCancellationRequested)
        {
            // The server throws this for broken framing, such as a chunk size that is not a number.
            await Problems.WriteAsync(context, StatusCodes.Status400BadRequest, "The body's framing is broken.");
            return null;
        }

        if (body is null)
        {
            await Problems.WriteAsync(context, StatusCodes.Status413PayloadTooLarge, $"Send at most {Limits.BodyBytes} bytes.");
        }
        else if (place.TryEnter() is { } refusal)
        {
            body.Dispose();
            await place.RefuseAsync(context, refusal);
            return null;
        }

        return body;
    }

    // Nearly all clients send the first spelling, which needs no parser.
    private static bool IsPlainJson(HttpRequest request) =>
        (request.ContentType == MediaTypeNames.Application.Json || IsJsonInUtf8(request.ContentType)) && IsNotCompressed(request.Headers.ContentEncoding);

    private static bool IsJsonInUtf8(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType.Equals(MediaTypeNames.Application.Json, StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || Array.Exists(s_namesOfUtf8, name => name.Equals(type.Charset.Value.Trim('"'), StringComparison.OrdinalIgnoreCase)));

    // "identity" says that nothing was done to the body (RFC 9110 section 8.4.1).
    private static bool IsNotCompressed(StringValues encodings) =>
        encodings.Count == 0
        || encodings.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .All(encoding => encoding.Equals("identity", StringComparison.OrdinalIgnoreCase));
}
