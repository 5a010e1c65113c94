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

    /// <summary>Verifies as Dojo's .NET client does: two parts, the algorithm's name, and an exact comparison of upper-case pairs with hyphens.</summary>
    public bool IsSignedAsDojoDoes(string secret)
    {
        var parts = Headers["dojo-signature"].Split('=');
        var expected = BitConverter.ToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(Body)));
        return parts is ["sha256", var signature] && signature == expected;
    }

    /// <summary>Verifies as the libraries of Standard Webhooks do: one matching signature suffices.</summary>
    public bool IsSignedByStandard(string secret)
    {
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        var signed = Encoding.UTF8.GetBytes($"{Id}.{Headers["webhook-timestamp"]}.{Body}");
        return Signatures.Contains($"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, signed))}", StringComparer.Ordinal);
    }

    public string[] Signatures => Headers["webhook-signature"].Split(' ');

    public DateTimeOffset At => DateTimeOffset.FromUnixTimeSeconds(long.Parse(Headers["webhook-timestamp"], CultureInfo.InvariantCulture));
}

/// <summary>A receiver of events on a real port of this machine. It answers 200 by default.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<Received> _received = Channel.CreateUnbounded<Received>();
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Receiver(WebApplication app) => _app = app;

    /// <summary>Its address, by the only name of this machine that is allowed as a target.</summary>
    public string Address => $"http://localhost:{new Uri(_app.Urls.Single()).Port}";

    /// <summary>Answers requests; the default answers 200.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = _ => Task.CompletedTask;

    /// <summary>All received requests, in no particular order.</summary>
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

    /// <summary>Waits for the next request.</summary>
    public async Task<Received> NextAsync() => await _received.Reader.ReadAsync(TestContext.Current.CancellationToken);

    /// <summary>Answers with a status.</summary>
    public void AnswerWith(int status, string body = "", string? retryAfter = null) => Answer = async context =>
    {
        context.Response.StatusCode = status;
        context.Response.Headers.RetryAfter = retryAfter;
        context.Response.Headers.Location = status is >= 300 and < 400 ? "/elsewhere" : null;
        await context.Response.WriteAsync(body, context.RequestAborted);
    };

    /// <summary>Leaves requests to a path unanswered until the receiver is disposed or the sender disconnects.</summary>
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
