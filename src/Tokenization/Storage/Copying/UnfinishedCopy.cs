using System.Data.Common;
using Dapper;

namespace Dojo.Pci.Tokenization.Storage.Copying;

/// <summary>
/// The table that exists in a database only while it is the target of a copy. It records the progress of each table. No process opens a vault on a
/// database that has this table.
/// </summary>
internal static class UnfinishedCopy
{
    /// <summary>The refusal to use an unfinished copy.</summary>
    public const string Refusal = "The database is a copy that was not finished. Run storage copy again as before, or begin with an empty database.";

    /// <summary>The refusal to finish a copy that another version began.</summary>
    public const string OfAnotherVersion = "The unfinished copy was begun by another version of this program. Begin with an empty database.";

    private const string Table = "unfinished_copy";

    private const string OnSqliteSql = $"SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = '{Table}')";

    private const string OnPostgresSql = $"SELECT to_regclass('{Table}') IS NOT NULL";

    private const string ReadSql = $"""SELECT copied_table AS "Table", copied_rows AS "Rows", digest AS Digest, is_whole AS IsWhole FROM {Table}""";

    private const string NoteSql = $"""
        INSERT INTO {Table} (copied_table, copied_rows, digest, is_whole) VALUES (@table, @rows, @digest, @isWhole)
        ON CONFLICT (copied_table) DO UPDATE SET copied_rows = excluded.copied_rows, digest = excluded.digest, is_whole = excluded.is_whole
        """;

    /// <summary>Whether a database is an unfinished copy.</summary>
    public static bool Is(DbConnection connection) => connection.ExecuteScalar<bool>(connection is Npgsql.NpgsqlConnection ? OnPostgresSql : OnSqliteSql);

    /// <summary>Throws if a database is an unfinished copy.</summary>
    /// <exception cref="StartRefusedException">The database is an unfinished copy.</exception>
    public static void RefuseIn(DbConnection connection)
    {
        if (Is(connection))
        {
            throw new StartRefusedException(Refusal);
        }
    }

    /// <summary>Marks an empty database as an unfinished copy, within a transaction.</summary>
    public static void Begin(DbConnection connection)
    {
        var bytes = connection is Npgsql.NpgsqlConnection ? "bytea" : "blob";
        connection.Execute($"CREATE TABLE {Table} (copied_table text NOT NULL PRIMARY KEY, copied_rows bigint NOT NULL, digest {bytes} NOT NULL, is_whole bigint NOT NULL)");
    }

    /// <summary>Reads the progress of each table; tables that were not begun are missing.</summary>
    public static IReadOnlyDictionary<string, CopiedPart> Read(DbConnection connection) =>
        connection.Query<(string Table, long Rows, byte[] Digest, long IsWhole)>(ReadSql).ToDictionary(row => row.Table, row => new CopiedPart(row.Rows, row.Digest, row.IsWhole != 0), StringComparer.Ordinal);

    /// <summary>Records the progress of a table, within the transaction that adds its rows.</summary>
    public static void Note(DbConnection connection, string table, CopiedPart part) =>
        connection.Execute(NoteSql, new { table, rows = part.Rows, digest = part.Digest, isWhole = part.IsWhole ? 1L : 0L });

    /// <summary>Ends the copy. The database is then like any other.</summary>
    public static void End(DbConnection connection) => connection.Execute($"DROP TABLE {Table}");
}

/// <summary>The part of a table that was copied, from its beginning.</summary>
/// <param name="Rows">The number of copied rows.</param>
/// <param name="Digest">The <see cref="TableDigest"/> of these rows.</param>
/// <param name="IsWhole">Whether the table is complete.</param>
internal sealed record CopiedPart(long Rows, byte[] Digest, bool IsWhole);
