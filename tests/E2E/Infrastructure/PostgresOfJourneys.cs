using System.Globalization;
using Dojo.Pci.Bench.Servers;
using Npgsql;

namespace Dojo.Pci.Tests.E2E.Infrastructure;

/// <summary>
/// The PostgreSQL server for portals of this run, when <c>PORTAL_TEST_ENGINE=Postgres</c>. Each portal has its own database, which it serves as a
/// user that owns nothing. The server ends with the test process.
/// </summary>
internal static class PostgresOfJourneys
{
    private const string Service = "serving";

    private static readonly Lazy<PostgresCluster> s_server = new(Start);
    private static int s_databases;

    /// <summary>Whether portals of this run use PostgreSQL.</summary>
    public static bool IsChosen { get; } = Environment.GetEnvironmentVariable("PORTAL_TEST_ENGINE") == "Postgres";

    /// <summary>Creates a database.</summary>
    /// <returns>The connection strings of its owner, for <c>migrate --roles</c>, and of the serving role.</returns>
    public static (string Owner, string Service) CreateDatabase()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"portal_{Interlocked.Increment(ref s_databases)}");
        s_server.Value.Run("postgres", $"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0");
        var owner = s_server.Value.TargetOf(name);
        return (owner, new NpgsqlConnectionStringBuilder(owner) { Username = Service }.ToString());
    }

    private static PostgresCluster Start()
    {
        var server = PostgresCluster.InMemory("max_connections=300", "fsync=off", "max_wal_size=256MB");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Dispose();
        server.Run("postgres", "CREATE ROLE dojo_pci_app NOLOGIN");
        server.Run("postgres", $"CREATE USER {Service} IN ROLE dojo_pci_app");
        return server;
    }
}
