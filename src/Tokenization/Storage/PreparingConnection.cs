using Microsoft.Data.Sqlite;

namespace Dojo.Pci.Tokenization.Storage;

/// <summary>A connection that keeps the statements that were prepared on it, and lets go of them when it is closed.</summary>
internal sealed class PreparingConnection(string connectionString) : SqliteConnection(connectionString)
{
    private readonly Dictionary<string, PreparedStatement> _statements = new(StringComparer.Ordinal);

    /// <summary>The statement, prepared when it is asked for the first time.</summary>
    public PreparedStatement Prepare(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            _statements[sql] = statement = new PreparedStatement(this, sql);
        }

        return statement;
    }

    /// <inheritdoc/>
    public override void Close()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        _statements.Clear();
        base.Close();
    }
}

/// <summary>Prepared statements for stores, which are given their connection.</summary>
internal static class PreparingConnectionExtensions
{
    /// <summary>The statement, prepared once for this connection, which must be one of <see cref="SqliteDatabase"/>'s.</summary>
    public static PreparedStatement Prepared(this SqliteConnection connection, string sql) => ((PreparingConnection)connection).Prepare(sql);
}
