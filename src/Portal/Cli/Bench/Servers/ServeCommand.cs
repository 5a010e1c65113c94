using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Dojo.Pci.Portal.Startup;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Crypto;
using Dojo.Pci.Tokenization.Storage.Comparison;

namespace Dojo.Pci.Portal.Cli.Bench.Servers;

/// <summary>
/// <c>bench serve KIND HOME [LOCATIONS]</c>: the other side of <see cref="ServerProcess"/>, for no one else. Serves on a free port of this machine
/// until its input ends, so that it never outlives who started it, and answers what it is asked there.
/// </summary>
internal static class ServeCommand
{
    public const string Word = "serve";

    /// <summary>The address of a free port, for this machine alone.</summary>
    public const string AnyPort = "http://127.0.0.1:0";

    /// <summary>The bare web server.</summary>
    public const string Echo = "echo";

    /// <summary>The product as it is.</summary>
    public const string Product = "product";

    /// <summary>The product, but for a connection and a transaction for each piece of work.</summary>
    public const string Naive = "naive";

    /// <summary>The product, but for one commit for each piece of work.</summary>
    public const string Gated = "gated";

    public static async Task<int> RunAsync(string[] arguments)
    {
        switch (arguments)
        {
            case [Echo]:
                await using (var echo = EchoServer.Build())
                {
                    return await ServeAsync(echo, database: null, locations: 0);
                }

            case [Product or Naive or Gated, var path, .. var locations]:
                var home = new VaultHome(path);
                await using (var product = Build(arguments[0], home))
                {
                    return await ServeAsync(product, home.Database, locations is [var count] ? int.Parse(count) : 0);
                }

            default:
                return await CommandLine.RefuseAsync(BenchOptions.Usage);
        }
    }

    /// <summary>The settings that the product is measured with: as in production, behind a proxy on this machine.</summary>
    public static IReadOnlyList<string> Settings(VaultHome home) =>
    [
        "--environment", "Production",
        "--Portal:DataDirectory", home.Data,
        "--Portal:TrustedProxies:0", "127.0.0.1",
        "--Portal:PublicAddress", "https://localhost",
        "--Vault:KeyDirectory", home.Keys,
        "--Velocity:Enabled", "false", // tens of thousands of different numbers a second are what card testing looks like
    ];

    private static WebApplication Build(string kind, VaultHome home)
    {
        var builder = PortalBuilder.Create([.. Settings(home), "--urls", AnyPort]);
        if (kind != Product)
        {
            builder.Services.AddComparison(kind == Naive ? ComparedWriting.Naive : ComparedWriting.Gated);
        }

        builder.AddPortal();
        return builder.Build();
    }

    private static async Task<int> ServeAsync(WebApplication app, string? database, int locations)
    {
        using var logs = new RequestLogCounts();
        ServerReady ready = new("", [], []);
        if (database is not null)
        {
            app.Services.GetRequiredService<FileRootKeyProvider>().CreateIfMissing();
            await app.Services.GetRequiredService<VaultStartup>().OpenAsync();
            ready = await MakeKeysAsync(app.Services, locations);
            app.UsePortal();
        }

        await app.StartAsync(CancellationToken.None);
        await SayAsync(ready with { Address = app.Urls.First() }, ServerJson.Default.ServerReady);
        while (await Console.In.ReadLineAsync(CancellationToken.None) is { } line)
        {
            if (line == ServerJson.AskUsage)
            {
                await SayAsync(Usage(logs, database), ServerJson.Default.ServerUsage);
            }
        }

        await app.StopAsync(CancellationToken.None);
        return 0;
    }

    private static async Task<ServerReady> MakeKeysAsync(IServiceProvider services, int locations)
    {
        var accounts = services.GetRequiredService<IAccountStore>();
        while (locations > 0 && await accounts.ListLocationsAsync(CancellationToken.None) is var made && made.Count < locations)
        {
            await accounts.CreateAsync($"Account {made.Count + 1}", "Riverside", CancellationToken.None);
        }

        var all = await accounts.ListLocationsAsync(CancellationToken.None);
        return new ServerReady("", await KeysAsync(TenantEnvironment.Production), await KeysAsync(TenantEnvironment.Sandbox));

        async Task<IReadOnlyList<string>> KeysAsync(TenantEnvironment environment)
        {
            var keys = new List<string>();
            foreach (var location in all.Take(locations))
            {
                var key = new NewApiKey(new Tenant(location.Account, location.Id, environment), "Bench");
                keys.Add((await services.GetRequiredService<IApiKeyService>().CreateAsync(key, CancellationToken.None)).Secret.Reveal());
            }

            return keys;
        }
    }

    private static ServerUsage Usage(RequestLogCounts logs, string? database)
    {
        using var process = Process.GetCurrentProcess();
        var wal = new FileInfo(database + "-wal");
        return new ServerUsage(
            process.TotalProcessorTime.TotalMicroseconds,
            GC.GetTotalAllocatedBytes(precise: false),
            GC.CollectionCount(0),
            GC.GetTotalPauseDuration().TotalMilliseconds,
            process.WorkingSet64,
            logs.Stored,
            logs.Dropped,
            database is not null && wal.Exists ? wal.Length : 0);
    }

    private static async Task SayAsync<T>(T message, JsonTypeInfo<T> type)
    {
        await Console.Out.WriteLineAsync(ServerJson.Mark + JsonSerializer.Serialize(message, type));
        await Console.Out.FlushAsync();
    }

    /// <summary>Listens to the meter of the request log, as an operator would.</summary>
    private sealed class RequestLogCounts : IDisposable
    {
        private readonly MeterListener _listener = new();
        private long _stored;
        private long _dropped;

        public RequestLogCounts()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name is "request_log.stored" or "request_log.dropped")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((instrument, count, _, _) =>
                Interlocked.Add(ref instrument.Name == "request_log.stored" ? ref _stored : ref _dropped, count));
            _listener.Start();
        }

        public long Stored => Volatile.Read(ref _stored);

        public long Dropped => Volatile.Read(ref _dropped);

        public void Dispose() => _listener.Dispose();
    }
}
