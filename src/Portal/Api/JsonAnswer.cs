using System.Buffers;
using System.Net.Mime;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Dojo.Pci.Portal.Api;

/// <summary>Writes the API's answers: whole, with their length, so that each leaves in one piece and a client knows when it has all.</summary>
internal static class JsonAnswer
{
    private const string Json = $"{MediaTypeNames.Application.Json}; charset=utf-8";

    private const int LargestKept = 64 * 1024;

    // Used again by the next answer on this thread: what is in it has been copied to the response when the answer is waited for.
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? t_utf8;

    [ThreadStatic]
    private static Utf8JsonWriter? t_json;

    /// <summary>Answers with a value as JSON. Nothing of the response may have been sent.</summary>
    public static Task WriteAsync<T>(HttpContext context, T value, JsonTypeInfo<T> type, string contentType = Json)
    {
        var utf8 = t_utf8 ??= new ArrayBufferWriter<byte>(1024);
        var json = t_json ??= new Utf8JsonWriter(utf8);
        utf8.ResetWrittenCount();
        json.Reset(utf8);
        JsonSerializer.Serialize(json, value, type);
        json.Flush();

        context.Response.ContentType = contentType;
        context.Response.ContentLength = utf8.WrittenCount;
        context.Response.BodyWriter.Write(utf8.WrittenSpan);
        if (utf8.Capacity > LargestKept)
        {
            (t_utf8, t_json) = (null, null);
        }

        return context.Response.BodyWriter.FlushAsync(context.RequestAborted).AsTask();
    }
}
