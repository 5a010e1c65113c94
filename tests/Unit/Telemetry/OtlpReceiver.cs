using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Dojo.Pci.Tests.Unit.Telemetry;

/// <summary>An OTLP receiver over HTTP on a real port of this machine. It keeps what arrives, and extracts every text from it.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Signal, byte[] Message, string? Token)> _received = new();

    private OtlpReceiver(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    /// <summary>Every message, as received.</summary>
    public IEnumerable<byte[]> Messages => _received.Select(one => one.Message);

    /// <summary>The values of the header <c>x-token</c>.</summary>
    public IEnumerable<string?> Tokens => _received.Select(one => one.Token);

    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new OtlpReceiver(app);
        app.Run(receiver.TakeAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    /// <summary>Returns every text of a signal: <c>traces</c>, <c>metrics</c> or <c>logs</c>.</summary>
    public HashSet<string> TextsOf(string signal)
    {
        var texts = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (_, message, _) in _received.Where(one => one.Signal == signal))
        {
            ReadTexts(message, texts);
        }

        return texts;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var message = new MemoryStream();
        await context.Request.Body.CopyToAsync(message, context.RequestAborted);
        _received.Enqueue((context.Request.Path.Value!.Split('/')[^1], message.ToArray(), context.Request.Headers["x-token"]));
        context.Response.ContentType = "application/x-protobuf";
    }

    // A length-delimited field is a text, bytes, or a nested message; each that can be read as a text counts as one.
    private static bool ReadTexts(ReadOnlySpan<byte> message, HashSet<string> texts)
    {
        while (message.Length > 0)
        {
            if (!TryReadNumber(ref message, out var tag) || tag >> 3 == 0)
            {
                return false;
            }

            switch (tag & 7)
            {
                case 0 when TryReadNumber(ref message, out _):
                    break;
                case 1 when message.Length >= 8:
                    message = message[8..];
                    break;
                case 5 when message.Length >= 4:
                    message = message[4..];
                    break;
                case 2 when TryReadNumber(ref message, out var length) && length <= (ulong)message.Length:
                    var field = message[..(int)length];
                    message = message[(int)length..];
                    if (!field.ContainsAnyInRange((byte)0, (byte)31))
                    {
                        texts.Add(Encoding.UTF8.GetString(field));
                    }

                    ReadTexts(field, texts);
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    private static bool TryReadNumber(ref ReadOnlySpan<byte> message, out ulong number)
    {
        number = 0;
        for (var i = 0; i < 10 && i < message.Length; i++)
        {
            number |= (ulong)(message[i] & 0x7F) << (7 * i);
            if (message[i] < 0x80)
            {
                message = message[(i + 1)..];
                return true;
            }
        }

        return false;
    }
}
