using Dapper;
using Dojo.Pci.Tokenization.Storage.Migrations;
using Microsoft.Data.Sqlite;

namespace Dojo.Pci.Tokenization.Storage.Sqlite;

/// <summary>Checks the SQLite file itself: its pages, references and triggers.</summary>
internal static class SqliteIntegrity
{
    private const string FileSql = "PRAGMA integrity_check";

    private const string ForeignKeysSql = "SELECT COUNT(*) FROM pragma_foreign_key_check()";

    private const string Intact = "ok";

    /// <inheritdoc cref="IDatabase.FindFaults"/>
    public static IEnumerable<string> FindFaults(SqliteConnection connection)
    {
        foreach (var line in connection.Query<string>(FileSql).Where(line => line != Intact))
        {
            yield return $"The database is damaged: {line}";
        }

        if (connection.ExecuteScalar<long>(ForeignKeysSql) is var strays and > 0)
        {
            yield return $"{strays} rows refer to rows that do not exist.";
        }

        foreach (var fault in FindTriggerFaults(connection))
        {
            yield return fault;
        }
    }

    // The triggers that protect the audit trail and the histories are part of the schema. Removing one leaves no trace in the data.
    private static IEnumerable<string> FindTriggerFaults(SqliteConnection connection)
    {
        using var fresh = new SqliteConnection("Data Source=:memory:");
        fresh.Open();
        SchemaMigrator.Migrate(fresh);
        var (expected, found) = (SchemaMigrator.TriggersOf(fresh), SchemaMigrator.TriggersOf(connection));
        return expected.Where(trigger => found.GetValueOrDefault(trigger.Key) != trigger.Value).Select(trigger => $"The trigger {trigger.Key} is missing or was changed.")
            .Concat(found.Where(trigger => !expected.ContainsKey(trigger.Key)).Select(_ => "There is a trigger that does not belong to this program."));
    }
}
