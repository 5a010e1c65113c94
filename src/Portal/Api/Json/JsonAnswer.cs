using System.Buffers;
using System.Net.Mime;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Dojo.Pci.Tokenization;

namespace Dojo.Pci.Portal.Api.Json;

/// <summary>Writes the API's answers whole and with their length, so that each is sent in one piece and the client knows when it is complete.</summary>
internal static class JsonAnswer
{
    private const string Json = $"{MediaTypeNames.Application.Json}; charset=utf-8";

    private static readonly JsonBuffer s_buffer = new();

    /// <summary>Answers with a value as JSON. Nothing of the response may have been sent.</summary>
    public static Task WriteAsync<T>(HttpContext context, T value, JsonTypeInfo<T> type, string contentType = Json)
    {
        JsonSerializer.Serialize(s_buffer.Begin(), value, type);
        var utf8 = s_buffer.End();
        context.Response.ContentType = contentType;
        context.Response.ContentLength = utf8.Length;
        context.Response.BodyWriter.Write(utf8); // copies
        return context.Response.BodyWriter.FlushAsync(context.RequestAborted).AsTask();
    }
}
