using Dapper;
using Dojo.Pci.Tokenization.Copying;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Storage.Postgres;
using Dojo.Pci.Tokenization.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Tokenization.Storage.Copying;

/// <summary>
/// Copies table by table, each in the order of its key. Each transaction holds some thousand rows and the record of the progress. One row is in memory
/// at a time. To resume, the rows copied before are read again at the source and must have the same digest, so the result is one
/// state of the source.
/// </summary>
internal sealed class VaultCopy(IOptions<StorageOptions> options, SqliteEngine sqlite) : IVaultCopy
{
    /// <summary>The most rows in a transaction.</summary>
    public int RowsInPart { get; init; } = 10_000;

    /// <summary>The number of bytes after which a transaction ends, even with fewer rows.</summary>
    public int BytesInPart { get; init; } = 16 * 1024 * 1024;

    /// <inheritdoc/>
    public CopiedVault Copy(CopyDirection direction, Action<TableProgress> report)
    {
        if ((sqlite.Fault ?? options.Value.PostgresFault) is { } fault)
        {
            throw new CopyRefusedException(fault);
        }

        try
        {
            return CopyAll(direction, report);
        }
        catch (Exception exception) when (exception is SqliteException { SqliteErrorCode: not SQLitePCL.raw.SQLITE_CONSTRAINT } or UnauthorizedAccessException || PostgresFaults.Told(exception) is UnavailableException)
        {
            throw new CopyRefusedException($"The copy was interrupted: {exception.Message} Run storage copy again; it continues where it stopped.");
        }
    }

    private CopiedVault CopyAll(CopyDirection direction, Action<TableProgress> report)
    {
        var (file, server) = (options.Value.SqliteFile, PostgresSettings.Of(options.Value.ConnectionString));
        var toPostgres = direction == CopyDirection.SqliteToPostgres;
        using CopySide source = toPostgres ? SqliteSide.OpenSource(file) : PostgresSide.OpenSource(server);
        using CopySide target = toPostgres ? PostgresSide.OpenTarget(server) : SqliteSide.OpenTarget(file);
        UnfinishedCopy.RefuseIn(source.Connection);
        var tables = CopyPlan.OfSchema();
        Begin(target, tables);
        var before = UnfinishedCopy.Read(target.Connection);
        if (before.Keys.Except(tables.Select(table => table.Name), StringComparer.Ordinal).Any())
        {
            throw new CopyRefusedException(UnfinishedCopy.OfAnotherVersion);
        }

        var copied = new Dictionary<CopiedTable, CopiedPart>();
        using (source.BeginReading(tables))
        {
            foreach (var table in tables)
            {
                copied[table] = Copy(table, source, target, before.GetValueOrDefault(table.Name), report);
            }
        }

        target.Settle(tables);
        Compare(copied, target);
        UnfinishedCopy.End(target.Connection);
        return new CopiedVault(tables.Count, copied.Values.Sum(part => part.Rows));
    }

    private static void Begin(CopySide target, IReadOnlyList<CopiedTable> tables)
    {
        if (UnfinishedCopy.Is(target.Connection))
        {
            return;
        }

        if (tables.FirstOrDefault(table => !CopyPlan.Seeded.Contains(table.Name) && target.Connection.ExecuteScalar<long>($"SELECT COUNT(*) FROM (SELECT 1 FROM {table.QuotedName} LIMIT 1) AS one") > 0) is { } full)
        {
            throw new CopyRefusedException($"The database to copy to is not empty: there are rows in {full.Name}, and it is not an unfinished copy. Begin with an empty one.");
        }

        using var transaction = target.Connection.BeginTransaction();
        UnfinishedCopy.Begin(target.Connection);
        foreach (var table in tables.Where(table => CopyPlan.Seeded.Contains(table.Name)))
        {
            target.Connection.Execute($"DELETE FROM {table.QuotedName}");
        }

        transaction.Commit();
    }

    private CopiedPart Copy(CopiedTable table, CopySide source, CopySide target, CopiedPart? before, Action<TableProgress> report)
    {
        using var digest = new TableDigest();
        using var command = source.Select(table);
        using var rows = command.ExecuteReader();
        var values = new object[table.Columns.Count];
        while (digest.Rows < (before?.Rows ?? 0) && rows.Read())
        {
            digest.Add(rows, values);
        }

        var more = rows.Read();
        if (before is not null && (digest.Rows < before.Rows || !digest.Current.AsSpan().SequenceEqual(before.Digest) || (before.IsWhole && more)))
        {
            throw new CopyRefusedException($"What was copied of {table.Name} is no longer what the source has: the source has changed since, or is another one. Begin with an empty database.");
        }

        for (var isWhole = before is { IsWhole: true }; !isWhole; isWhole = !more)
        {
            using var transaction = target.Connection.BeginTransaction();
            using (var writer = target.Write(table))
            {
                for (var (row, end) = (0, digest.Length + BytesInPart); more && (table.RefersToItself || (row < RowsInPart && digest.Length < end)); row++)
                {
                    digest.Add(rows, values);
                    writer.Add(values);
                    more = rows.Read();
                }

                writer.Complete();
            }

            UnfinishedCopy.Note(target.Connection, table.Name, new CopiedPart(digest.Rows, digest.Current, !more));
            transaction.Commit();
            report(new TableProgress(table.Name, digest.Rows, !more));
        }

        return new CopiedPart(digest.Rows, digest.Current, IsWhole: true);
    }

    private static void Compare(Dictionary<CopiedTable, CopiedPart> copied, CopySide target)
    {
        foreach (var (table, part) in copied)
        {
            using var digest = new TableDigest();
            using var command = target.Select(table);
            using var rows = command.ExecuteReader();
            var values = new object[table.Columns.Count];
            while (rows.Read())
            {
                digest.Add(rows, values);
            }

            if (digest.Rows != part.Rows || !digest.Current.AsSpan().SequenceEqual(part.Digest))
            {
                throw new CopyRefusedException($"The copy of {table.Name} differs from the source: it has {digest.Rows} of {part.Rows} rows, or different ones. Begin with an empty database.");
            }
        }
    }
}
