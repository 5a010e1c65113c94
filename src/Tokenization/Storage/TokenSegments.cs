using Microsoft.Data.Sqlite;

namespace Dojo.Pci.Tokenization.Storage;

/// <summary>
/// Deals tokens that are put into the index out to the segments of their tenant. A segment is what an index by card writes to at a time: within it
/// its entries are sorted, so the next token may belong on any of its pages.
/// </summary>
internal sealed class TokenSegments(SqliteConnection connection)
{
    /// <summary>The segment for a token <c>noted</c> that comes late: the newest of its tenant, full or not.</summary>
    public const string Newest = """
        COALESCE(
            (SELECT MAX(i.segment)
               FROM token_index i INDEXED BY ix_token_index_card
              WHERE i.location_id = noted.location_id AND i.environment = noted.environment),
            0)
        """;

    /// <summary>The segments of a tenant.</summary>
    public const string All = """
        WITH RECURSIVE segments(segment) AS (
            SELECT 0
            UNION ALL
            SELECT segment + 1
              FROM segments
             WHERE segment < (SELECT MAX(segment) FROM token_index INDEXED BY ix_token_index_card WHERE location_id = @location AND environment = @environment))
        SELECT segment FROM segments
        """;

    // Ten pages of the index. The larger, the fewer a search looks into, and the more pages a few tokens of a tenant are put on.
    private const int Tokens = 1024;

    private const string FindSql = """
        SELECT segment, COUNT(*)
          FROM token_index INDEXED BY ix_token_index_card
         WHERE location_id = ?1 AND environment = ?2
           AND segment = (SELECT MAX(segment) FROM token_index INDEXED BY ix_token_index_card WHERE location_id = ?1 AND environment = ?2)
         GROUP BY segment
        """;

    private (long Location, long Environment) _tenant;
    private (long Segment, long Tokens) _newest;

    /// <summary>The segment for the next token; tokens of a tenant come one after another.</summary>
    public long Next(IndexedToken token)
    {
        if (_tenant != (token.Location, token.Environment))
        {
            _tenant = (token.Location, token.Environment);
            _newest = connection.Prepared(FindSql).Bind(1, token.Location).Bind(2, token.Environment).Query(row => (row.Int64(0), row.Int64(1))).SingleOrDefault();
        }

        _newest = _newest.Tokens < Tokens ? (_newest.Segment, _newest.Tokens + 1) : (_newest.Segment + 1, 1);
        return _newest.Segment;
    }
}
