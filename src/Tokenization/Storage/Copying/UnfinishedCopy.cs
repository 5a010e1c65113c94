using System.Data.Common;
using Dapper;

namespace Dojo.Pci.Tokenization.Storage.Copying;

/// <summary>
/// The table that a database has while it is being copied to, and no longer: how far each of its tables has come. No process opens a vault on a
/// database that has it.
/// </summary>
internal static class UnfinishedCopy
{
    /// <summary>The refusal of everybody else.</summary>
    public const string Refusal = "The database is a copy that was not finished. Run storage copy again as before, or begin with an empty database.";

    /// <summary>The refusal to finish one that another version began.</summary>
    public const string OfAnotherVersion = "The copy that was not finished was begun by another version of this program. Begin with an empty database.";

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

    /// <summary>Refuses a database that is an unfinished copy.</summary>
    /// <exception cref="StartRefusedException">It is one.</exception>
    public static void RefuseIn(DbConnection connection)
    {
        if (Is(connection))
        {
            throw new StartRefusedException(Refusal);
        }
    }

    /// <summary>Within a transaction: makes an empty database an unfinished copy of nothing yet.</summary>
    public static void Begin(DbConnection connection)
    {
        var bytes = connection is Npgsql.NpgsqlConnection ? "bytea" : "blob";
        connection.Execute($"CREATE TABLE {Table} (copied_table text NOT NULL PRIMARY KEY, copied_rows bigint NOT NULL, digest {bytes} NOT NULL, is_whole bigint NOT NULL)");
    }

    /// <summary>How far each table has come; those that were not begun are missing.</summary>
    public static IReadOnlyDictionary<string, CopiedPart> Read(DbConnection connection) =>
        connection.Query<(string Table, long Rows, byte[] Digest, long IsWhole)>(ReadSql).ToDictionary(row => row.Table, row => new CopiedPart(row.Rows, row.Digest, row.IsWhole != 0), StringComparer.Ordinal);

    /// <summary>Within the transaction that adds rows to a table: notes how far it has come.</summary>
    public static void Note(DbConnection connection, string table, CopiedPart part) =>
        connection.Execute(NoteSql, new { table, rows = part.Rows, digest = part.Digest, isWhole = part.IsWhole ? 1L : 0L });

    /// <summary>Makes the copy a database like any other.</summary>
    public static void End(DbConnection connection) => connection.Execute($"DROP TABLE {Table}");
}

/// <summary>The beginning of a table, as it was copied.</summary>
/// <param name="Rows">How many rows.</param>
/// <param name="Digest">Their <see cref="TableDigest"/>.</param>
/// <param name="IsWhole">Whether these are all.</param>
internal sealed record CopiedPart(long Rows, byte[] Digest, bool IsWhole);
