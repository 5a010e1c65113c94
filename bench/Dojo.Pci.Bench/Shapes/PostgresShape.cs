using Dojo.Pci.Bench.Filling;
using Dojo.Pci.Bench.Servers;

namespace Dojo.Pci.Bench.Shapes;

/// <summary>
/// The product on PostgreSQL on the same machine, compared with a commit for each request and with SQLite, and two nodes on one database. When
/// everything shares two processors, the last shows the cost of a second node, not its benefit.
/// </summary>
internal static class PostgresShape
{
    private const string Name = "postgres";
    private const int Rows = 10_000;
    private const int Connections = 64;

    public static async Task RunAsync(BenchRun run)
    {
        if (!PostgresCluster.IsInstalled)
        {
            run.SetNotRun("postgres-ratio", FilledPostgres.Missing);
            return;
        }

        using var cluster = FilledPostgres.StartCluster();
        await MeasureOneAsync(run, cluster);
        if (!run.Options.Quick)
        {
            await MeasureTwoAsync(run, cluster);
        }
    }

    private static async Task MeasureOneAsync(BenchRun run, PostgresCluster cluster)
    {
        await using var product = await StartAsync(run, ServerKind.Product, await FilledPostgres.MakeAsync(run, cluster, "product", Rows));
        await using var autocommit = await StartAsync(run, ServerKind.Autocommit, await FilledPostgres.MakeAsync(run, cluster, "autocommit", Rows));
        await using var sqlite = await StartAsync(run, ServerKind.Product, run.Workspace.Copy(await run.Datasets.GetSmallAsync(Rows)));
        var product64 = new LoadCase("product, PostgreSQL", product, Traffic.Spread(product), Connections);
        var autocommit64 = new LoadCase("autocommit, PostgreSQL", autocommit, Traffic.Spread(autocommit), Connections);
        var sqlite64 = new LoadCase("product, SQLite", sqlite, Traffic.Spread(sqlite), Connections);
        await LoadCase.InTurnAsync(run, run.Options.Quick ? 1 : 4, [product64, autocommit64, sqlite64]);
        run.Add(product64.ToMeasurement(Name));
        run.Add(autocommit64.ToMeasurement(Name));
        run.Add(sqlite64.ToMeasurement(Name));
        run.Set("postgres-ratio", product64.RatioTo(autocommit64, round => round.Load.Rate), $"{product64.RatioTo(sqlite64, round => round.Load.Rate):0.00} of SQLite's rate");
    }

    private static async Task MeasureTwoAsync(BenchRun run, PostgresCluster cluster)
    {
        var home = await FilledPostgres.MakeAsync(run, cluster, "nodes", Rows);
        await using var first = await StartAsync(run, ServerKind.Product, home);
        await using var second = await StartAsync(run, ServerKind.Product, home, "--Portal:DataDirectory", run.Workspace.NewHome().Data);
        var alone = new LoadCase("one node of two, all of the load", first, Traffic.Spread(first), Connections);
        var halves = new[]
        {
            new LoadCase("two nodes, the first's half", first, Traffic.Spread(first), Connections / 2),
            new LoadCase("two nodes, the second's half", second, Traffic.Spread(second), Connections / 2),
        };
        for (var round = 1; round <= 3; round++)
        {
            run.Say($"two nodes: round {round} of 3");
            await alone.MeasureAsync(run);
            await Task.WhenAll(halves.Select(half => half.MeasureAsync(run)));
        }

        run.Add(alone.ToMeasurement(Name));
        run.Add(halves[0].ToMeasurement(Name));
        run.Add(halves[1].ToMeasurement(Name) with { Note = $"together {halves.Sum(half => half.Rate) / alone.Rate:0.00} of one node's rate" });
    }

    private static Task<ServerProcess> StartAsync(BenchRun run, ServerKind kind, VaultHome home, params IReadOnlyList<string> settings) =>
        ServerProcess.StartAsync(kind, home, BenchRun.Locations, variables: null, run.Ct, settings);
}
