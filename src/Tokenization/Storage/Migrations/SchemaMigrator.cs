using Dapper;
using Microsoft.Data.Sqlite;

namespace Dojo.Pci.Tokenization.Storage.Migrations;

/// <summary>
/// Brings the schema up to date from the numbered scripts in this assembly. Each script runs in its own transaction, which also
/// records it. The transaction is exclusive from its start, so two processes cannot both migrate.
/// </summary>
internal static class SchemaMigrator
{
    private const string CreateJournalSql = """
        CREATE TABLE IF NOT EXISTS schema_migrations (
            version    INTEGER NOT NULL PRIMARY KEY,
            name       TEXT    NOT NULL,
            applied_at TEXT    NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ'))
        ) STRICT
        """;

    private const string AppliedSql = "SELECT version FROM schema_migrations";

    private const string RecordSql = "INSERT INTO schema_migrations (version, name) VALUES (@version, @name)";

    /// <summary>The scripts of this program, in no order.</summary>
    internal static IReadOnlyList<MigrationScript> Scripts => MigrationScript.Of("Sqlite");

    /// <summary>The version of the newest script of this program.</summary>
    private static int Newest => Scripts.Max(script => script.Version);

    /// <summary>Throws unless the schema is up to date. Changes nothing.</summary>
    /// <exception cref="StartRefusedException">The database is older or newer than this program, or not one of its databases.</exception>
    public static void Verify(SqliteConnection connection)
    {
        if (!connection.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'schema_migrations')"))
        {
            throw new StartRefusedException("The file is not a database of this program.");
        }

        var applied = connection.Query<int>(AppliedSql).ToHashSet();
        if (applied.Append(0).Max() > Newest)
        {
            throw MigrationScript.TooNew(applied.Max(), Newest);
        }

        if (Scripts.Any(script => !applied.Contains(script.Version)))
        {
            throw new StartRefusedException($"The database has schema version {applied.Append(0).Max()}, but this program needs version {Newest}. Run migrate, or start the service, first.");
        }
    }

    /// <summary>The triggers that a database of this program has: name and text.</summary>
    public static IReadOnlyDictionary<string, string> TriggersOf(SqliteConnection connection) =>
        connection.Query<(string Name, string Sql)>("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").ToDictionary(row => row.Name, row => row.Sql, StringComparer.Ordinal);

    /// <exception cref="StartRefusedException">The database is newer than this program.</exception>
    public static void Migrate(SqliteConnection connection) => Migrate(connection, Scripts);

    internal static void Migrate(SqliteConnection connection, IReadOnlyList<MigrationScript> scripts)
    {
        while (ApplyNext(connection, scripts))
        {
            // one transaction per script
        }
    }

    private static bool ApplyNext(SqliteConnection connection, IReadOnlyList<MigrationScript> scripts)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        connection.Execute(CreateJournalSql, transaction: transaction);
        var applied = connection.Query<int>(AppliedSql, transaction: transaction).ToHashSet();
        var current = applied.Append(0).Max();
        var newest = scripts.Max(script => script.Version);
        if (current > newest)
        {
            throw MigrationScript.TooNew(current, newest);
        }

        var next = scripts.Where(script => !applied.Contains(script.Version)).MinBy(script => script.Version);
        if (next is not null)
        {
            connection.Execute(next.Sql, transaction: transaction);
            connection.Execute(RecordSql, new { version = next.Version, name = next.Name }, transaction);
        }

        transaction.Commit();
        return next is not null;
    }
}
