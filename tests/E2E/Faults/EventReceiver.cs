using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Dojo.Pci.Tests.E2E.Infrastructure;

namespace Dojo.Pci.Tests.E2E.Faults;

/// <summary>The content of an event.</summary>
internal sealed record Told(string Id, string Name, IReadOnlyDictionary<string, string> Data);

/// <summary>A receiver of events that outlives the portal. An event may arrive twice, and must then be identical.</summary>
internal sealed class EventReceiver : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentDictionary<int, Told> _events = new();
    private volatile string? _fault;

    public EventReceiver()
    {
        var port = PortalProcess.FreePort();
        Address = string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}/");
        _listener.Prefixes.Add(Address);
        _listener.Start();
        _ = ReceiveAsync();
    }

    public string Address { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The events by their sequence numbers.</summary>
    public IReadOnlyDictionary<int, Told> Events => _events;

    public async Task WaitForAsync(int count, TimeSpan within)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(within);
        while (_events.Count < count && !patience.IsCancellationRequested)
        {
            await Task.Delay(20, Ct);
        }

        _fault.ShouldBeNull();
    }

    public void Dispose() => ((IDisposable)_listener).Dispose();

    private async Task ReceiveAsync()
    {
        try
        {
            while (true)
            {
                await TakeAsync(await _listener.GetContextAsync());
            }
        }
        catch (Exception exception) when (exception is ObjectDisposedException or HttpListenerException)
        {
            // The test is over.
        }
    }

    private async Task TakeAsync(HttpListenerContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.InputStream, cancellationToken: Ct);
        var told = new Told(
            body.RootElement.GetProperty("id").GetString()!,
            body.RootElement.GetProperty("event").GetString()!,
            body.RootElement.GetProperty("data").EnumerateObject().ToDictionary(each => each.Name, each => each.Value.GetString()!, StringComparer.Ordinal));
        var sequence = int.Parse(context.Request.Headers["webhook-sequence"]!, CultureInfo.InvariantCulture);
        if (_events.GetOrAdd(sequence, told).Id != told.Id)
        {
            _fault = $"Two events have the number {sequence}.";
        }

        context.Response.Close();
    }
}
