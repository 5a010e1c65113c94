using System.Data.Common;
using Dapper;
using Dojo.Pci.Tokenization.RequestExplorer;

namespace Dojo.Pci.Tokenization.Storage.RequestExplorer;

/// <summary>Searches along the index: it merges the newest rows of each matching kind.</summary>
internal static class RequestsByKind
{
    private const string NewestSql = """
        SELECT at, id
          FROM request_logs INDEXED BY ix_request_logs_kind
         WHERE kind_id = ?1 AND at >= ?2 AND (at, id) < (?3, ?4)
         ORDER BY at DESC, id DESC
         LIMIT ?5
        """;

    private const string LaterSql = """
        SELECT at, id
          FROM request_logs INDEXED BY ix_request_logs_kind
         WHERE kind_id = ?1 AND at < ?4 AND (at, id) > (?2, ?3)
         ORDER BY at, id
         LIMIT 1
        """;

    private const string CountSql = "SELECT COUNT(*) FROM request_logs INDEXED BY ix_request_logs_kind WHERE kind_id = ?1 AND at >= ?2 AND at < ?3";

    private const string CountUpToSql = "SELECT COUNT(*) FROM (SELECT 1 FROM request_logs INDEXED BY ix_request_logs_kind WHERE kind_id = ?1 AND at >= ?2 AND at <= ?3 LIMIT ?4) AS counted";

    private const string AnySql = "SELECT 1 FROM request_logs INDEXED BY ix_request_logs_kind WHERE kind_id = ?1 AND at >= ?2 AND at < ?3 LIMIT 1";

    /// <summary>Finds the ids of the newest rows before a position.</summary>
    public static IReadOnlyList<long> Find(DbConnection connection, RequestConditions conditions, RequestSpan span, int limit)
    {
        // The queue starts with the oldest of the newest rows so far: no kind needs to be read further back than that.
        var newest = new PriorityQueue<long, (long At, long Id)>();
        var from = span.From;
        foreach (var (kind, _) in KindsOf(connection, conditions))
        {
            foreach (var (at, id) in connection.Prepared(NewestSql).Bind(1, kind).Bind(2, from).Bind(3, span.BeforeAt).Bind(4, span.BeforeId).Bind(5, limit).Query(row => (row.Int64(0), row.Int64(1))))
            {
                newest.Enqueue(id, (at, id));
                if (newest.Count > limit)
                {
                    newest.Dequeue();
                }
            }

            if (newest.Count == limit && newest.TryPeek(out _, out var oldest))
            {
                from = Math.Max(from, oldest.At);
            }
        }

        var ids = new List<long>(newest.Count);
        while (newest.TryDequeue(out var id, out _))
        {
            ids.Add(id);
        }

        ids.Reverse();
        return ids;
    }

    /// <summary>Whether the kinds have at most a given number of rows in a part of the log.</summary>
    public static bool AreFew(DbConnection connection, IReadOnlyList<(long Id, int Status)> kinds, RequestSpan span, long most)
    {
        foreach (var (kind, _) in kinds)
        {
            most -= connection.Prepared(CountUpToSql).Bind(1, kind).Bind(2, span.From).Bind(3, span.BeforeAt).Bind(4, most + 1).ExecuteScalar()!.Value;
            if (most < 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Finds the id of the first row after a position.</summary>
    public static long? FindLater(DbConnection connection, RequestConditions conditions, long at, long id, long until)
    {
        var next = KindsOf(connection, conditions)
            .SelectMany(kind => connection.Prepared(LaterSql).Bind(1, kind.Id).Bind(2, at).Bind(3, id).Bind(4, until).Query(row => (At: row.Int64(0), Id: row.Int64(1))))
            .ToList();
        return next.Count == 0 ? null : next.Min().Id;
    }

    /// <summary>Counts rows by intervals of time and the class of their status.</summary>
    public static void Count(DbConnection connection, RequestConditions conditions, RequestTally tally)
    {
        foreach (var (kind, status) in KindsOf(connection, conditions))
        {
            if (connection.Prepared(AnySql).Bind(1, kind).Bind(2, tally.From).Bind(3, tally.Until).ExecuteScalar() is null)
            {
                continue;
            }

            for (var bar = 0; bar < tally.Count; bar++)
            {
                tally.Add(bar, status, connection.Prepared(CountSql).Bind(1, kind).Bind(2, tally.StartOf(bar)).Bind(3, tally.StartOf(bar + 1)).ExecuteScalar()!.Value);
            }
        }
    }

    /// <summary>Lists the kinds that match.</summary>
    public static List<(long Id, int Status)> KindsOf(DbConnection connection, RequestConditions conditions) =>
        connection.Query<(long Id, int Status)>($"SELECT id, status FROM request_kinds WHERE {conditions.OfKind}", conditions.Parameters).AsList();
}

/// <summary>A part of the log, in microseconds since 1970: from an instant on, and before a position in the list.</summary>
internal readonly record struct RequestSpan(long From, long BeforeAt, long BeforeId)
{
    /// <summary>The part of the log for a page of a search that begins after a position.</summary>
    public static RequestSpan Of(RequestSearch search, RequestCursor? after)
    {
        var until = UnixTime.Of(search.Until) ?? long.MaxValue;
        var from = UnixTime.Of(search.From) ?? long.MinValue;
        return after is { } cursor && UnixTime.Of(cursor.At) < until ? new RequestSpan(from, UnixTime.Of(cursor.At), cursor.Id) : new RequestSpan(from, until, long.MinValue);
    }
}
