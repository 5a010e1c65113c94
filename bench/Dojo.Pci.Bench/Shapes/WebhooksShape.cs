using System.Net.Http.Json;
using Dojo.Pci.Bench.Filling;
using Dojo.Pci.Bench.Load;
using Dojo.Pci.Bench.Servers;

namespace Dojo.Pci.Bench.Shapes;

/// <summary>
/// Webhooks: how soon after a change its receiver is notified, and what delivery costs tokenization. Each token of a sandbox is an event for its one
/// subscription; the receiver runs in this process, on the same processors.
/// </summary>
internal static class WebhooksShape
{
    private const string Name = "webhooks";
    private const int Rows = 10_000;
    private const int PerSecond = 1000;
    private const int Connections = 64;
    private const int Rounds = 6;

    private static readonly string[] s_events = ["setup_intent.created"];
    // In shorter rounds the JIT compiler is still busy with the code that sends the events.
    private static readonly TimeSpan s_round = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    public static async Task RunAsync(BenchRun run)
    {
        var filled = await run.Datasets.GetSmallAsync(Rows);
        await using var receiver = await EventReceiver.StartAsync(run.Clock, run.Ct);
        await MeasureDelayAsync(run, filled, receiver);
        await MeasureRateAsync(run, filled, receiver);
    }

    private static async Task MeasureDelayAsync(BenchRun run, VaultHome filled, EventReceiver receiver)
    {
        var (product, key) = await StartAsync(run, filled);
        await using var ends = product;
        await SubscribeAsync(run, product, key, receiver);
        var load = new LoadCase($"tokens, {PerSecond:N0}/s", product, Traffic.SandboxOfOne(key), Connections);
        var (warmUp, duration) = (OpenLoopShape.WarmUpOf(run), run.Options.Quick ? TimeSpan.FromSeconds(3) : TimeSpan.FromSeconds(30));
        run.Say($"webhooks at {PerSecond:N0}/s: {duration.TotalSeconds:0} s");
        var round = await load.MeasureAsync(run, () =>
        {
            receiver.Begin(run.Clock.GetUtcNow() + warmUp);
            return OpenLoop.RunAsync(product.Address, load.Requests, PerSecond, Connections, warmUp, duration, run.Clock, run.Ct);
        });
        var accepted = round.Load.Successes.Count;
        var begin = run.Clock.GetTimestamp();
        while (receiver.Delays.Count < accepted && run.Clock.GetElapsedTime(begin) < s_patience)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), run.Clock, run.Ct);
        }

        run.Add(load.ToMeasurement(Name) with { Connections = 0, Note = OpenLoopShape.Describe(round.Load) });
        run.Add(new Measurement(Name, "events at their receiver") { Rate = receiver.Delays.Count / duration.TotalSeconds, Note = $"{receiver.Delays.Count:N0} of {accepted:N0} tokens" }.With(receiver.Delays));
        run.Set("webhook-p99", receiver.Delays.Percentile(0.99).TotalMilliseconds, $"{duration.TotalSeconds:0} s");
    }

    private static async Task MeasureRateAsync(BenchRun run, VaultHome filled, EventReceiver receiver)
    {
        var (quiet, quietKey) = await StartAsync(run, filled);
        await using var endsQuiet = quiet;
        var (telling, tellingKey) = await StartAsync(run, filled);
        await using var endsTelling = telling;
        await SubscribeAsync(run, telling, tellingKey, receiver);
        var without = new LoadCase("tokens, no subscription", quiet, Traffic.SandboxOfOne(quietKey), Connections);
        var with = new LoadCase("tokens, one subscription to each of them", telling, Traffic.SandboxOfOne(tellingKey), Connections);
        await LoadCase.InTurnAsync(run, Rounds, [without, with], run.Options.Quick ? null : s_round);
        run.Add(without.ToMeasurement(Name));
        run.Add(with.ToMeasurement(Name));
        run.Set("webhook-rate", with.RatioTo(without, round => round.Load.Rate), "each token is an event");
    }

    // Production refuses receivers on this machine, so the server runs in development, which in turn refuses production keys.
    private static async Task<(ServerProcess Server, string Key)> StartAsync(BenchRun run, VaultHome filled)
    {
        var home = run.Workspace.Copy(filled);
        var keys = await ServerKeys.MakeAsync(home, locations: 1, run.Ct, withProduction: false);
        var server = await ServerProcess.StartAsync(
            ServerKind.Product, home, locations: 0, variables: null, run.Ct, "--environment", "Development", "--Webhooks:AllowLocalhost", "true", "--Api:RequestsPerSecondPerKey", "1000000", "--Logging:LogLevel:Default", "Warning");
        return (server, keys.Sandbox[0]);
    }

    private static async Task SubscribeAsync(BenchRun run, ServerProcess product, string key, EventReceiver receiver)
    {
        using var client = new HttpClient { BaseAddress = new Uri($"http://{product.Address}") };
        using var request = new HttpRequestMessage(HttpMethod.Post, "webhooks") { Content = JsonContent.Create(new { url = receiver.Address, events = s_events }) };
        request.Headers.TryAddWithoutValidation("Authorization", $"Basic {key}");
        request.Headers.Add("version", "2025-09-10");
        request.Headers.Host = "localhost";
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-For", "192.0.2.1");
        using var answer = await client.SendAsync(request, run.Ct);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>A receiver that answers immediately and records the age of each event by its own time.</summary>
    private sealed class EventReceiver : IAsyncDisposable
    {
        private readonly WebApplication _app;
        private readonly TimeProvider _clock;
        private DateTimeOffset _from = DateTimeOffset.MaxValue;

        private EventReceiver(WebApplication app, TimeProvider clock) => (_app, _clock) = (app, clock);

        /// <summary>Its address, by the host name that a target on this machine must use.</summary>
        public string Address => $"http://localhost:{new Uri(_app.Urls.Single()).Port}/hooks";

        /// <summary>The delays of events that happened since <see cref="Begin"/>.</summary>
        public LatencyHistogram Delays { get; private set; } = new();

        public static async Task<EventReceiver> StartAsync(TimeProvider clock, CancellationToken ct)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var app = builder.Build();
            var receiver = new EventReceiver(app, clock);
            app.MapPost("/hooks", receiver.TakeAsync);
            await app.StartAsync(ct);
            return receiver;
        }

        /// <summary>Starts counting events that happen after an instant.</summary>
        public void Begin(DateTimeOffset from) => (Delays, _from) = (new LatencyHistogram(), from);

        public ValueTask DisposeAsync() => _app.DisposeAsync();

        private async Task TakeAsync(HttpContext context)
        {
            using var body = await System.Text.Json.JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
            var at = body.RootElement.GetProperty("createdAt").GetDateTimeOffset();
            if (at >= _from)
            {
                Delays.Record(_clock.GetUtcNow() - at);
            }

            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
    }
}
