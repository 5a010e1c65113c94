using System.Data.Common;
using Dapper;
using Dojo.Pci.Tokenization.RequestExplorer;
using Dojo.Pci.Tokenization.RequestLogs;

namespace Dojo.Pci.Tokenization.Storage.RequestExplorer;

/// <summary>
/// Searches through the rows: those of the segments that may hold what is wanted, and the newest rows, which are in no segment yet. If the matching kinds have
/// few rows, it reads only those.
/// </summary>
internal static class RequestsBySegment
{
    // This number of rows is looked up one by one in a few milliseconds.
    private const int FewRows = 1000;

    private const string SegmentsSql = """
        SELECT id, last_at, words, first_at
          FROM request_log_segments
         WHERE last_at >= ?1 AND first_at <= ?2 AND longest >= ?3
        """;

    private const string FirstWithoutSql = "SELECT COALESCE((SELECT MAX(id) + 1 FROM request_log_segments), 0)";

    /// <summary>Finds the newest rows before a position, newest first.</summary>
    public static IReadOnlyList<FoundRow> Find(DbConnection connection, RequestConditions conditions, RequestSpan span, TimeSpan slower, int limit)
    {
        var kinds = RequestsByKind.KindsOf(connection, conditions);
        if (RequestsByKind.AreFew(connection, kinds, span, FewRows))
        {
            return FindAmong(connection, conditions, RequestsByKind.Find(connection, conditions, span, FewRows), limit);
        }

        // By ids only: otherwise an index, such as the one on the key, would be scanned for each segment.
        var sql = $"""
            SELECT id AS Id, at AS At, status AS Status
              FROM request_logs NOT INDEXED
             WHERE id >= @first AND id < @last AND at >= @from AND at >= @firstAt AND at <= @lastAt AND (at, id) < (@beforeAt, @beforeId) AND {conditions.OfRow}
             ORDER BY at DESC, id DESC
             LIMIT @limit
            """;
        conditions.Parameters.AddDynamicParams(new { from = span.From, beforeAt = span.BeforeAt, beforeId = span.BeforeId, limit });
        var found = new List<FoundRow>();
        foreach (var (segment, firstAt, lastAt) in SegmentsOf(connection, conditions.WordsFor([.. kinds.Select(kind => kind.Id)]), span, slower))
        {
            // Rows are stored in the order in which requests ended, so a segment may hold some that arrived before those of an older segment.
            if (found.Count >= limit && found[limit - 1].At > lastAt)
            {
                break;
            }

            conditions.Parameters.Add("first", segment.First);
            conditions.Parameters.Add("last", segment.Last);
            conditions.Parameters.Add("firstAt", firstAt); // selects the days, where the log is stored by days
            conditions.Parameters.Add("lastAt", lastAt);
            found.AddRange(connection.Query<FoundRow>(sql, conditions.Parameters));
            found.Sort((one, other) => (other.At, other.Id).CompareTo((one.At, one.Id)));
            found.RemoveRange(Math.Min(limit, found.Count), Math.Max(0, found.Count - limit));
        }

        return found;
    }

    private static List<FoundRow> FindAmong(DbConnection connection, RequestConditions conditions, IReadOnlyList<long> ids, int limit)
    {
        conditions.Parameters.AddDynamicParams(new { ids = JsonList.Of(ids), limit });
        return connection.Query<FoundRow>(
            $"SELECT id AS Id, at AS At, status AS Status FROM request_logs NOT INDEXED WHERE id IN (SELECT value FROM json_each(@ids)) AND {conditions.OfRow} ORDER BY at DESC, id DESC LIMIT @limit",
            conditions.Parameters).AsList();
    }

    // Newest first.
    private static IEnumerable<((long First, long Last) Rows, long FirstAt, long LastAt)> SegmentsOf(DbConnection connection, IReadOnlyList<int[][]> words, RequestSpan span, TimeSpan slower)
    {
        var without = connection.Prepared(FirstWithoutSql).ExecuteScalar()!.Value * RequestWords.SegmentSize;
        var segments = connection.Prepared(SegmentsSql).Bind(1, span.From).Bind(2, span.BeforeAt).Bind(3, (long)slower.TotalMicroseconds)
            .Query(row => (Id: row.Int64(0), FirstAt: row.Int64(3), LastAt: row.Int64(1), MayHold: words.All(any => Array.Exists(any, places => RequestWords.MayHold(row.Bytes(2), places)))));
        return
        [
            ((without, long.MaxValue), long.MinValue, long.MaxValue),
            .. segments.Where(segment => segment.MayHold).OrderByDescending(segment => segment.LastAt)
                .Select(segment => ((segment.Id * RequestWords.SegmentSize, (segment.Id + 1) * RequestWords.SegmentSize), segment.FirstAt, segment.LastAt)),
        ];
    }
}

/// <summary>A row that matches.</summary>
internal sealed record FoundRow
{
    public required long Id { get; init; }

    public required long At { get; init; }

    public required int Status { get; init; }
}
