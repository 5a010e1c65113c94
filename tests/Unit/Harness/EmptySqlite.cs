using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Storage;
using Dojo.Pci.Tokenization.Storage.Migrations;
using Microsoft.Data.Sqlite;

namespace Dojo.Pci.Tests.Unit.Harness;

/// <summary>A SQLite database in memory with the current schema and without rows, for tests of the schema itself.</summary>
internal static class EmptySqlite
{
    /// <summary>Returns an open connection to a new database, which lasts until the connection is disposed.</summary>
    public static SqliteConnection Open()
    {
        var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        connection.CreateFunction<string, string>(SqlFunctions.Fold, FoldedText.Of, isDeterministic: true);
        SchemaMigrator.Migrate(connection);
        return connection;
    }
}
