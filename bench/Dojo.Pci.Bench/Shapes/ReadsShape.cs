using System.Net;
using Dojo.Pci.Bench.Filling;
using Dojo.Pci.Bench.Load;
using Dojo.Pci.Bench.Servers;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Tokens;

namespace Dojo.Pci.Bench.Shapes;

/// <summary>
/// The lists of the portal and of the API, one after another: the newest page, pages anywhere, each filter and sort with many matches and with none.
/// The figures are for traffic spread over twenty locations; results for tokens that are all of one location are listed as well.
/// </summary>
internal static class ReadsShape
{
    /// <summary>The number of tokens behind the figures for a million.</summary>
    public const long Rows = 1_000_000;

    private const string Name = "reads";
    private const int MostOfAKind = 300;
    private const int FewestOfAKind = 20;

    public static async Task RunAsync(BenchRun run)
    {
        var rows = run.Datasets.RowsFor(Rows);
        var spread = await MeasureAsync(run, rows, BenchRun.Locations);
        run.Set("reads-1m-p99", spread.P99, spread.Name);
        if (!run.Options.Quick)
        {
            // Not part of the figure, but of interest to an operator with one large location.
            await MeasureAsync(run, rows, locations: 1);
        }

        var many = run.Datasets.RowsFor(10_000_000);
        if (!run.Options.Full || many <= rows)
        {
            run.SetNotRun("reads-10m-p99", "--full");
            return;
        }

        var most = await MeasureAsync(run, many, BenchRun.Locations);
        run.Set("reads-10m-p99", most.P99, most.Name);
    }

    private static async Task<Measurement> MeasureAsync(BenchRun run, long rows, int locations) =>
        await MeasureAsync(run, Name, await run.Datasets.GetAsync(rows, locations), rows, locations);

    /// <summary>Measures every kind of list, and returns the slowest.</summary>
    /// <param name="run">The run.</param>
    /// <param name="shape">The shape of the measurements.</param>
    /// <param name="home">A filled vault.</param>
    /// <param name="rows">The number of tokens in it.</param>
    /// <param name="locations">The number of locations that they are spread over.</param>
    public static async Task<Measurement> MeasureAsync(BenchRun run, string shape, VaultHome home, long rows, int locations)
    {
        var name = $"{rows:N0} rows of {(locations == 1 ? "one location" : $"{locations} locations")}";
        run.Say($"{shape}: {name}");
        var slowest = new Measurement(shape, "");
        await using (var vault = await BenchVault.OpenAsync(home, run.Clock, VaultUse.Administration, run.Ct))
        {
            var tenants = (await vault.GetLocationsAsync(locations, run.Ct)).Select(location => new Tenant(location.Account, location.Id, TenantEnvironment.Production)).ToList();
            var browser = vault.Get<ITokenBrowser>();
            var kinds = new ReadKinds(run, rows, await SampleAsync(run, browser, tenants, rows));
            foreach (var (kind, search) in kinds.Searches)
            {
                slowest = Slower(slowest, await MeasureAsync(run, shape, $"{name}: {kind}", async query =>
                {
                    var tenant = (int)(query % tenants.Count);
                    var (what, after, limit) = search(query, tenant);
                    var found = await browser.SearchAsync(MemberOf(run, tenants[tenant]), tenants[tenant], what, after, limit, run.Ct);
                    _ = found.Value ?? throw new InvalidOperationException($"A search was refused: {kind}.");
                }));
            }
        }

        await using var server = await ServerProcess.StartAsync(ServerKind.Product, home, locations, variables: null, run.Ct);
        await Settling.WaitAsync(() => server.ProcessorTime, run.Clock, run.Ct);
        await WarmUpAsync();
        foreach (var (kind, query) in ReadKinds.Queries(run, rows))
        {
            using var client = ClientOf(query);
            slowest = Slower(slowest, await MeasureAsync(run, shape, $"{name}, API: {kind}", _ => AskAsync(client, kind)));
        }

        return slowest;

        async Task WarmUpAsync()
        {
            var (kind, query) = ReadKinds.Queries(run, rows)[0];
            using var client = ClientOf(query);
            var begin = run.Clock.GetTimestamp();
            while (run.Clock.GetElapsedTime(begin) < OpenLoopShape.WarmUpOf(run))
            {
                await AskAsync(client, kind);
            }
        }

        SingleClient ClientOf(Func<long, int, string> query)
        {
            var paths = Enumerable.Range(0, MostOfAKind).Select(i => ($"/setup-intents{query(i, i % locations)}", server.Keys.Production[i % locations])).ToList();
            return new SingleClient(server.Address, new GetRequests(paths, inTurn: true));
        }

        async Task AskAsync(SingleClient client, string kind)
        {
            if (await Task.Run(client.TryAsk, run.Ct) is var status && status != StatusCodes.Status200OK)
            {
                throw new InvalidOperationException($"A list was answered with {status}: {kind}.");
            }
        }
    }

    private static async Task<Measurement> MeasureAsync(BenchRun run, string shape, string name, Func<long, Task> ask)
    {
        var latencies = new LatencyHistogram();
        await ask(0); // excludes the time of the JIT compiler and of the first connection
        var begin = run.Clock.GetTimestamp();
        for (var query = 0; query < MostOfAKind && (query < FewestOfAKind || run.Clock.GetElapsedTime(begin) < run.Options.Round / (run.Options.Quick ? 20 : 1)); query++)
        {
            var sent = run.Clock.GetTimestamp();
            await ask(query);
            latencies.Record(run.Clock.GetElapsedTime(sent));
        }

        var measured = new Measurement(shape, name) { Note = $"{latencies.Count} queries" }.With(latencies);
        run.Add(measured);
        return measured;
    }

    // Tokens from all parts of each tenant that a page can start after.
    private static async Task<IReadOnlyList<IReadOnlyList<string>>> SampleAsync(BenchRun run, ITokenBrowser browser, IReadOnlyList<Tenant> tenants, long rows)
    {
        const int PerTenant = 40;
        var sample = new List<IReadOnlyList<string>>();
        foreach (var tenant in tenants)
        {
            var tokens = new List<string>();
            for (var i = 0; i < PerTenant; i++)
            {
                var search = new TokenSearch { CreatedTo = run.Datasets.DayOf((long)(rows * (i + 1.0) / PerTenant)) };
                var page = await browser.SearchAsync(MemberOf(run, tenant), tenant, search, after: null, limit: 1, run.Ct);
                tokens.AddRange(page.Value!.Items.Select(item => item.Id));
            }

            sample.Add(tokens);
        }

        return sample;
    }

    private static Measurement Slower(Measurement one, Measurement other) => one.P99 >= other.P99 ? one : other;

    private static SignedInMember MemberOf(BenchRun run, Tenant tenant) => new(
        new MemberId(0), tenant.Account, "bench@example.com", "Bench", MemberRole.Owner, new SessionId(0), run.Clock.GetUtcNow(), IPAddress.Loopback);
}
