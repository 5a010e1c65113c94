using Dojo.Pci.Bench.Servers;
using Dojo.Pci.Tokenization.Storage;
using Dojo.Pci.Tokenization.Storage.Postgres;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Dojo.Pci.Bench.Filling;

/// <summary>Vaults on PostgreSQL: filled by the owner of the database and served as the manual says, by a role that owns nothing and is confined to its scope.</summary>
internal static class FilledPostgres
{
    /// <summary>The reason for a missing figure where there is no server.</summary>
    public const string Missing = "there is no PostgreSQL; apt-get install postgresql";

    private const string Service = "serving";
    private const int MostConnections = 128;

    /// <summary>Starts a durable server whose files are on disk.</summary>
    public static PostgresCluster StartCluster() => new("max_connections=300", "shared_buffers=256MB", "max_wal_size=4GB");

    /// <summary>Creates a vault in a new database, with rows spread over all locations.</summary>
    public static async Task<VaultHome> MakeAsync(BenchRun run, PostgresCluster cluster, string database, long rows)
    {
        cluster.Run("postgres", $"CREATE DATABASE {database} ENCODING 'UTF8' TEMPLATE template0");
        var target = new NpgsqlConnectionStringBuilder(cluster.TargetOf(database)) { Pooling = true, MaxPoolSize = MostConnections, MaxAutoPrepare = 100 };
        var home = run.Workspace.NewHome() with { Postgres = target.ToString() };
        await run.Datasets.FillAsync(home, BenchRun.Locations, 0, run.Datasets.RowsFor(rows));
        cluster.Run(database, "VACUUM ANALYZE"); // as autovacuum would within the next minute
        new PostgresRoles(Options.Create(new StorageOptions { Provider = StorageProvider.Postgres, ConnectionString = home.Postgres })).Make();
        cluster.Run("postgres", $"DO $$ BEGIN CREATE USER {Service} IN ROLE dojo_pci_app; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
        target.Username = Service;
        return home with { Postgres = target.ToString() };
    }
}
