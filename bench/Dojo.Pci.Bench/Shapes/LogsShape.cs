using System.Net;
using Dojo.Pci.Bench.Load;
using Dojo.Pci.Bench.Filling;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.RequestExplorer;
using Dojo.Pci.Tokenization.RequestLogs;

namespace Dojo.Pci.Bench.Shapes;

/// <summary>
/// The request log explorer over a million rows of one location: the first page of each filter with many, few and no matches, and pages far back. The
/// bars of the chart are measured too but do not count for the figure.
/// </summary>
internal static class LogsShape
{
    private const string Name = "logs";
    private const int AtATime = 128;
    private const int MostOfAKind = 200;
    private const int FewestOfAKind = 20;
    private static readonly TimeSpan s_span = TimeSpan.FromDays(29);

    public static async Task RunAsync(BenchRun run)
    {
        var rows = Math.Min(1_000_000, run.Options.Rows ?? (run.Options.Quick ? 20_000 : 1_000_000));
        var home = run.Workspace.NewHome();
        await using var vault = await BenchVault.OpenAsync(home, run.Clock, VaultUse.Administration, run.Ct);
        var location = (await vault.GetLocationsAsync(1, run.Ct))[0];
        var tenant = new Tenant(location.Account, location.Id, TenantEnvironment.Production);
        await FillAsync(run, vault.Get<IRequestLogStore>(), tenant, rows);

        var store = vault.Get<IRequestSearchStore>();
        var now = run.Clock.GetUtcNow();
        double slowest = 0;
        foreach (var (kind, search, after) in Searches(rows, now))
        {
            slowest = Math.Max(slowest, (await MeasureAsync(run, $"{rows:N0} rows: {kind}", query => store.SearchAsync(tenant, search(query), after, 51, run.Ct))).P99);
        }

        foreach (var (kind, search) in new (string, RequestSearch)[] { ("bars of 30 days", new()), ("bars of refusals", new() { Status = 4 }), ("bars of a reference", new() { Text = "Booking 7" }) })
        {
            var within = search with { From = now - TimeSpan.FromDays(30), Until = now };
            await MeasureAsync(run, $"{rows:N0} rows: {kind}", _ => store.CountAsync(tenant, within, TimeSpan.FromHours(12), 1000, run.Ct));
        }

        run.Set("logs-1m-p99", slowest, $"{rows:N0} rows of one location");
    }

    private static IEnumerable<(string Kind, Func<long, RequestSearch> Search, RequestCursor? After)> Searches(long rows, DateTimeOffset now) =>
    [
        ("newest page", _ => new(), null),
        ("page far back", query => new(), new RequestCursor(now - s_span / 2, long.MaxValue)),
        ("status, most", _ => new() { Status = 200 }, null),
        ("status, one in 1,000", _ => new() { Status = 500 }, null),
        ("class of the status, none", _ => new() { Status = 3 }, null),
        ("method", _ => new() { Method = "DELETE" }, null),
        ("route", _ => new() { Route = "/setup-intents/{id}" }, null),
        ("key", query => new() { Key = new ApiKeyId(1 + query % 5) }, null),
        ("version", _ => new() { Version = "2022-04-07" }, null),
        ("refused field", _ => new() { Refusal = "CardNumber" }, null),
        ("day in the middle", _ => new() { From = now - s_span / 2, Until = now - s_span / 2 + TimeSpan.FromDays(1) }, null),
        ("address, many", _ => new() { Address = IPAddress.Parse("192.0.2.7") }, null),
        ("address, one", _ => new() { Address = IPAddress.Parse("2001:db8::1") }, null),
        ("address, none", _ => new() { Address = IPAddress.Parse("2001:db8::2") }, null),
        ("slower, many", _ => new() { Slower = TimeSpan.FromMilliseconds(5) }, null),
        ("slower, one in 10,000", _ => new() { Slower = TimeSpan.FromSeconds(1) }, null),
        ("slower, none", _ => new() { Slower = TimeSpan.FromMinutes(1) }, null),
        ("trace id", query => new() { Text = TraceOf(query * 7919 % rows) }, null),
        ("trace id, none", _ => new() { Text = TraceOf(rows + 1) }, null),
        ("token", query => new() { Text = TokenOf(query * 7919 % rows) }, null),
        ("reference, many", query => new() { Text = $"Booking {query % 100}" }, null),
        ("reference, one", query => new() { Text = $"Order {query * 7919 % rows / 2 * 2 + 1}" }, null),
        ("reference and status", query => new() { Text = $"Booking {query % 100}", Status = 4 }, null),
        ("four filters", _ => new() { Method = "POST", Status = 4, Key = new ApiKeyId(3), Slower = TimeSpan.FromMilliseconds(20) }, null),
    ];

    private static async Task FillAsync(BenchRun run, IRequestLogStore store, Tenant tenant, long rows)
    {
        run.Say($"logs: filling in {rows:N0} rows");
        var begin = run.Clock.GetUtcNow() - s_span;
        var step = s_span / rows;
        for (long first = 0; first < rows; first += AtATime)
        {
            await store.InsertAsync([.. Enumerable.Range(0, (int)Math.Min(AtATime, rows - first)).Select(i => Entry(first + i, tenant, begin + (first + i) * step))]);
        }

        while (await store.IndexAsync(64) == 64)
        {
            // More rows may follow.
        }
    }

    private static async Task<Measurement> MeasureAsync(BenchRun run, string name, Func<long, Task> ask)
    {
        var latencies = new LatencyHistogram();
        await ask(0); // excludes the time of the JIT compiler
        var begin = run.Clock.GetTimestamp();
        for (var query = 0; query < MostOfAKind && (query < FewestOfAKind || run.Clock.GetElapsedTime(begin) < run.Options.Round); query++)
        {
            var sent = run.Clock.GetTimestamp();
            await ask(query);
            latencies.Record(run.Clock.GetElapsedTime(sent));
        }

        var measured = new Measurement(Name, name) { Note = $"{latencies.Count} queries" }.With(latencies);
        run.Add(measured);
        return measured;
    }

    private static string TraceOf(long i) => $"00-{(ulong)i * 0x9E3779B97F4A7C15:x16}{i:x16}-b7ad6b7169203331-00";

    private static string TokenOf(long i) => $"si_prod_{i:D22}";

    private static RequestLogEntry Entry(long i, Tenant tenant, DateTimeOffset at)
    {
        var status = i % 1000 == 7 ? 500 : i % 20 == 3 ? 400 : i % 25 == 4 ? 404 : 200;
        var creates = i % 3 != 0;
        return new RequestLogEntry
        {
            Tenant = tenant,
            Key = new ApiKeyId(1 + i % 5),
            At = at,
            Method = creates ? "POST" : i % 90 == 0 ? "DELETE" : "GET",
            Route = creates ? "/setup-intents" : "/setup-intents/{id}",
            Status = status,
            Duration = TimeSpan.FromMicroseconds(i % 10_000 == 9 ? 1_500_000 : 400 + i % 97 * 300),
            Version = i % 50 == 0 ? "2022-04-07" : "2025-09-10",
            TraceId = TraceOf(i),
            ClientAddress = IPAddress.Parse(i == 4711 ? "2001:db8::1" : i % 4 == 0 ? "192.0.2.8" : "192.0.2.7"),
            Refusal = status switch
            {
                500 => "InternalServerError",
                400 => i % 40 == 3 ? "CardNumber" : "CardNumber,Reference",
                404 => "NotFound",
                _ => null,
            },
            TokenId = status == 200 ? TokenOf(i) : null,
            Body = creates && status == 200 ? BodyOf(i) : null,
        };
    }

    private static RequestLogBody BodyOf(long i) => RequestLogBody.Load($$"""
        {"cardNumber":"52000000****1005","reference":"{{(i % 2 == 0 ? $"Booking {i % 100}" : $"Order {i}")}}","description":"Two nights in a room with a view of the sea, breakfast included","metadata":{"channel":"web","basket":"{{i:x}}" } }
        """);
}
