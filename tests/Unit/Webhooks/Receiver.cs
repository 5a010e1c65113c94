using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Dojo.Pci.Tests.Unit.Webhooks;

/// <summary>A request that a receiver got.</summary>
internal sealed record Received(string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string Id => Headers["webhook-id"];

    /// <summary>As Dojo's .NET client verifies: two parts, the algorithm's name, and an exact comparison of upper-case pairs with hyphens.</summary>
    public bool IsSignedAsDojoDoes(string secret)
    {
        var parts = Headers["dojo-signature"].Split('=');
        var expected = BitConverter.ToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(Body)));
        return parts is ["sha256", var signature] && signature == expected;
    }

    /// <summary>As the libraries of Standard Webhooks verify: any of the signatures fits.</summary>
    public bool IsSignedByStandard(string secret)
    {
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        var signed = Encoding.UTF8.GetBytes($"{Id}.{Headers["webhook-timestamp"]}.{Body}");
        return Signatures.Contains($"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, signed))}", StringComparer.Ordinal);
    }

    public string[] Signatures => Headers["webhook-signature"].Split(' ');

    public DateTimeOffset At => DateTimeOffset.FromUnixTimeSeconds(long.Parse(Headers["webhook-timestamp"], CultureInfo.InvariantCulture));
}

/// <summary>A receiver of events on a real port of this machine. It answers 200 unless told otherwise.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<Received> _received = Channel.CreateUnbounded<Received>();
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Receiver(WebApplication app) => _app = app;

    /// <summary>By the one name that this machine has as a target.</summary>
    public string Address => $"http://localhost:{new Uri(_app.Urls.Single()).Port}";

    /// <summary>Answers requests; the default says 200.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = _ => Task.CompletedTask;

    /// <summary>Everything that came, in no order.</summary>
    public ConcurrentBag<Received> All { get; } = [];

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new Receiver(app);
        app.Run(receiver.TakeAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    /// <summary>The next request.</summary>
    public async Task<Received> NextAsync() => await _received.Reader.ReadAsync(TestContext.Current.CancellationToken);

    /// <summary>Answers with a status.</summary>
    public void AnswerWith(int status, string body = "", string? retryAfter = null) => Answer = async context =>
    {
        context.Response.StatusCode = status;
        context.Response.Headers.RetryAfter = retryAfter;
        context.Response.Headers.Location = status is >= 300 and < 400 ? "/elsewhere" : null;
        await context.Response.WriteAsync(body, context.RequestAborted);
    };

    /// <summary>Answers to a path nothing until it is disposed, or the sender leaves.</summary>
    public void Hang(string path) => Answer = context =>
        context.Request.Path == path ? Task.WhenAny(_released.Task, Task.Delay(Timeout.Infinite, context.RequestAborted)) : Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _released.SetResult();
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var received = new Received(context.Request.Path, headers, await reader.ReadToEndAsync(context.RequestAborted));
        All.Add(received);
        _received.Writer.TryWrite(received).ShouldBeTrue();
        await Answer(context);
    }
}
