using System.Globalization;
using Dojo.Pci.Bench.Servers;
using Npgsql;

namespace Dojo.Pci.Tests.E2E.Infrastructure;

/// <summary>
/// The server of PostgreSQL for portals of this run, where <c>PORTAL_TEST_ENGINE=Postgres</c> says so: each has a database of its own, which it serves as a user
/// who owns nothing. It is ended with the process of the tests.
/// </summary>
internal static class PostgresOfJourneys
{
    private const string Service = "serving";

    private static readonly Lazy<PostgresCluster> s_server = new(Start);
    private static int s_databases;

    /// <summary>Whether portals of this run store in PostgreSQL.</summary>
    public static bool IsChosen { get; } = Environment.GetEnvironmentVariable("PORTAL_TEST_ENGINE") == "Postgres";

    /// <summary>Creates a database.</summary>
    /// <returns>How its owner reaches it, to whom <c>migrate --roles</c> is left, and how the one who serves does.</returns>
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
