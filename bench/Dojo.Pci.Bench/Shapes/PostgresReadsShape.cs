using Dojo.Pci.Bench.Filling;
using Dojo.Pci.Bench.Servers;

namespace Dojo.Pci.Bench.Shapes;

/// <summary>The lists of <see cref="ReadsShape"/> on PostgreSQL, on the same machine.</summary>
internal static class PostgresReadsShape
{
    private const string Name = "postgres-reads";
    private const string Figure = "postgres-reads-p99";

    public static async Task RunAsync(BenchRun run)
    {
        if (!PostgresCluster.IsInstalled)
        {
            run.SetNotRun(Figure, FilledPostgres.Missing);
            return;
        }

        using var cluster = FilledPostgres.StartCluster();
        var home = await FilledPostgres.MakeAsync(run, cluster, "lists", ReadsShape.Rows);
        var slowest = await ReadsShape.MeasureAsync(run, Name, home, run.Datasets.RowsFor(ReadsShape.Rows), BenchRun.Locations);
        run.Set(Figure, slowest.P99, slowest.Name);
    }
}
