using System.Net.Mime;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Dojo.Pci.Portal.Api;

/// <summary>Writes the API's answers: whole, with their length, so that each leaves in one piece and a client knows when it has all.</summary>
internal static class JsonAnswer
{
    private const string Json = $"{MediaTypeNames.Application.Json}; charset=utf-8";

    /// <summary>Answers with a value as JSON. Nothing of the response may have been sent.</summary>
    public static Task WriteAsync<T>(HttpContext context, T value, JsonTypeInfo<T> type, string contentType = Json)
    {
        var utf8 = JsonSerializer.SerializeToUtf8Bytes(value, type);
        context.Response.ContentType = contentType;
        context.Response.ContentLength = utf8.Length;
        return context.Response.Body.WriteAsync(utf8, context.RequestAborted).AsTask();
    }
}
