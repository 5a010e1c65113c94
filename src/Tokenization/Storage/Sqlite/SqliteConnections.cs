using Microsoft.Data.Sqlite;

namespace Dojo.Pci.Tokenization.Storage.Sqlite;

/// <summary>Opens all connections to a database file, so that each has the required settings.</summary>
/// <param name="target">The connection string: <see cref="TargetOf"/>, or the one of a file that is only inspected.</param>
/// <param name="mayTouchLog">
/// Called when a connection closes: whether the write-ahead log at its path belongs to this database. The last connection that closes deletes the file there.
/// </param>
internal sealed class SqliteConnections(string target, Func<bool> mayTouchLog)
{
    /// <summary>The connection string for a database file that is read and written.</summary>
    public static string TargetOf(string filePath) => new SqliteConnectionStringBuilder
    {
        DataSource = filePath,
        Mode = SqliteOpenMode.ReadWrite,
        Pooling = false,
        DefaultTimeout = 5,
    }.ToString();

    /// <summary>Opens a connection for writing: it syncs at each commit, does not checkpoint automatically, and overwrites deleted bytes.</summary>
    public PreparingConnection OpenForWriting() => Open($"""
        PRAGMA busy_timeout = {BusyWait.Usual.TotalMilliseconds};
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA secure_delete = ON;
        PRAGMA foreign_keys = ON;
        PRAGMA trusted_schema = OFF;
        PRAGMA wal_autocheckpoint = 0;
        PRAGMA journal_size_limit = 67108864;
        """);

    /// <summary>Opens a connection that cannot write.</summary>
    public PreparingConnection OpenForReading() => Open("PRAGMA query_only = ON; PRAGMA trusted_schema = OFF;");

    private PreparingConnection Open(string settings)
    {
        var connection = new PreparingConnection(target, mayTouchLog);
        try
        {
            connection.Open();
            connection.CreateFunction<string, string>(SqlFunctions.Fold, FoldedText.Of, isDeterministic: true);
            using var command = connection.CreateCommand();
            command.CommandText = settings;
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
