using System.Data.Common;
using System.Text;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.RequestLogs;

namespace Dojo.Pci.Tokenization.Storage.RequestLogs;

/// <summary>A summary of a thousand rows of the log: the words in them, when they arrived, and the longest duration.</summary>
internal sealed class RequestLogSegments
{
    private const string NextSql = "SELECT COALESCE((SELECT MAX(id) + 1 FROM request_log_segments), (SELECT MIN(id) / 1024 FROM request_logs))";

    private const string LastRowSql = "SELECT MAX(id) FROM request_logs";

    private const string RowsSql = """
        SELECT account_id, location_id, environment, at, duration, trace_id, client_address, token_id, payment_id, json_extract(body, '$.reference'), kind_id
          FROM request_logs
         WHERE id >= ?1 AND id < ?2
        """;

    private const string AddSql = "INSERT INTO request_log_segments (id, first_at, last_at, longest, words) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING";

    private const string DeleteSql = "DELETE FROM request_log_segments WHERE id < (SELECT COALESCE(MIN(id), 9223372036854775807) / 1024 FROM request_logs)";

    private readonly RequestWords _words = new();
    private readonly long _id;
    private long _firstAt = long.MaxValue;
    private long _lastAt;
    private long _longest;

    private RequestLogSegments(long id) => _id = id;

    /// <summary>Reads the next complete segments that are not stored yet, oldest first.</summary>
    public static IReadOnlyList<RequestLogSegments> ReadNext(DbConnection connection, int most)
    {
        var segments = new List<RequestLogSegments>();
        if (connection.Prepared(NextSql).ExecuteScalar() is not { } next || connection.Prepared(LastRowSql).ExecuteScalar() is not { } last)
        {
            return segments;
        }

        // A segment is complete once a later row exists: one writer assigns the ids in order.
        for (; segments.Count < most && (next + 1) * RequestWords.SegmentSize <= last; next++)
        {
            var segment = new RequestLogSegments(next);
            connection.Prepared(RowsSql).Bind(1, next * RequestWords.SegmentSize).Bind(2, (next + 1) * RequestWords.SegmentSize).Query(segment.Read);
            segments.Add(segment);
        }

        return segments;
    }

    /// <summary>Stores segments.</summary>
    public static int Add(DbConnection connection, IReadOnlyList<RequestLogSegments> segments)
    {
        foreach (var segment in segments)
        {
            connection.Prepared(AddSql).Bind(1, segment._id).Bind(2, segment._firstAt).Bind(3, segment._lastAt).Bind(4, segment._longest).Bind(5, segment._words.Bits).ExecuteLater();
        }

        return segments.Count;
    }

    /// <summary>Deletes the segments whose rows no longer exist.</summary>
    public static void DeleteUnused(DbConnection connection) => connection.Prepared(DeleteSql).Execute();

    private bool Read(PreparedStatement row)
    {
        var tenant = new Tenant(new AccountId(row.Int64(0)), new LocationId(row.Int64(1)), (TenantEnvironment)row.Int64(2));
        (_firstAt, _lastAt, _longest) = (Math.Min(_firstAt, row.Int64(3)), Math.Max(_lastAt, row.Int64(3)), Math.Max(_longest, row.Int64(4)));
        _words.Add(tenant, RequestWord.Trace, RequestWords.Digits(row.Bytes(5)));
        Add(RequestWord.Id, row.Bytes(7));
        Add(RequestWord.Id, row.Bytes(8));
        AddWithKind(RequestWord.Address, row.Bytes(6));
        AddWithKind(RequestWord.Reference, row.Text(9) is { } reference ? Encoding.UTF8.GetBytes(FoldedText.Of(reference)) : []);
        return true;

        void Add(RequestWord what, ReadOnlySpan<byte> text)
        {
            if (text.Length > 0)
            {
                _words.Add(tenant, what, text);
            }
        }

        // A value that many rows have may occur in every segment, but with none of the wanted kinds.
        void AddWithKind(RequestWord what, ReadOnlySpan<byte> text)
        {
            Add(what, text);
            if (text.Length > 0)
            {
                _words.Add(tenant, what, text, row.Int64(10));
            }
        }
    }
}
