using System.Data.Common;

namespace Dojo.Pci.Tokenization.Storage.Tokens;

/// <summary>
/// Deals tokens that are put into the index out to the segments of their tenant, and keeps what is known of each. A segment is what an index by
/// card writes to at a time: within it its entries are sorted, so the next token may belong on any of its pages. Of its references is known which
/// <see cref="ReferenceTrigrams"/> they have; of segments that are older than that, nothing.
/// </summary>
internal sealed class TokenSegments(DbConnection connection)
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
    public const string All = $"WITH RECURSIVE segments(segment) AS (SELECT 0 {Following}";

    /// <summary>The same where the tenant has one of some schemes, else none. The engine would ask such a condition anew for each segment.</summary>
    /// <param name="schemes">The names of the parameters that have the schemes, in parentheses.</param>
    public static string AllIfKnown(string schemes) => $"WITH RECURSIVE segments(segment) AS (SELECT 0 WHERE EXISTS ({TokenSchemes.Known} AND card_scheme IN {schemes}) {Following}";

    private const string Following = """
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

    private const string LoadSql = "SELECT trigrams FROM token_segments WHERE location_id = ?1 AND environment = ?2 AND segment = ?3";

    private const string SaveSql = """
        INSERT INTO token_segments (location_id, environment, segment, trigrams) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT (location_id, environment, segment) DO UPDATE SET trigrams = excluded.trigrams
        """;

    private const string AllKnownSql = "SELECT segment, trigrams FROM token_segments WHERE location_id = ?1 AND environment = ?2";

    private const string ReferencesSql = "SELECT i.folded_reference, g.trigrams FROM token_segments g JOIN token_index i USING (location_id, environment, segment)";

    private (long Location, long Environment) _tenant;
    private long _segment;
    private long _tokens;
    private byte[]? _trigrams;
    private bool _isChanged;

    /// <summary>The segments of a tenant that may hold a reference with a part; null where they are so many that all may as well be looked through.</summary>
    /// <param name="connection">The connection, in a transaction.</param>
    /// <param name="location">The tenant's location.</param>
    /// <param name="environment">The tenant's environment.</param>
    /// <param name="part">What the reference has to contain, folded.</param>
    public static IReadOnlyList<long>? WithReferencePart(DbConnection connection, long location, long environment, string part)
    {
        var wanted = ReferenceTrigrams.Of(part);
        if (wanted.Length == 0)
        {
            return null; // too short to ask the segments by
        }

        var newest = connection.Prepared(FindSql).Bind(1, location).Bind(2, environment).Query(row => row.Int64(0)).SingleOrDefault(-1);
        var without = connection.Prepared(AllKnownSql).Bind(1, location).Bind(2, environment)
            .Query(row => (Segment: row.Int64(0), MayHold: ReferenceTrigrams.MayHold(row.Bytes(1), wanted)))
            .Where(known => !known.MayHold).Select(known => known.Segment).ToHashSet();
        var others = Enumerable.Range(0, (int)newest + 1).Select(segment => (long)segment).Where(segment => !without.Contains(segment)).ToList();
        return others.Count > without.Count / 4 ? null : others;
    }

    /// <summary>Makes known what references of tokens contain that came late.</summary>
    public static void AddLate(DbConnection connection, IEnumerable<(long Location, long Environment, long Segment, string Reference)> tokens)
    {
        foreach (var segment in tokens.GroupBy(token => (token.Location, token.Environment, token.Segment)))
        {
            var segments = new TokenSegments(connection) { _tenant = (segment.Key.Location, segment.Key.Environment), _segment = segment.Key.Segment };
            segments.Load();
            foreach (var token in segment)
            {
                segments.Add(token.Reference);
            }

            segments.Save();
        }
    }

    /// <summary>How many tokens would not be found by a part of their reference: none, unless something is wrong.</summary>
    public static int CountHidden(DbConnection connection) => connection.Prepared(ReferencesSql)
        .Query(row => ReferenceTrigrams.MayHold(row.Bytes(1), ReferenceTrigrams.Of(row.Text(0)!))).Count(isFound => !isFound);

    /// <summary>The segment for the next token; tokens of a tenant come one after another. After the last one <see cref="Save"/> is to follow.</summary>
    public long Next(IndexedToken token)
    {
        if (_tenant != (token.Location, token.Environment))
        {
            Save();
            _tenant = (token.Location, token.Environment);
            Find();
        }

        if (_tokens >= Tokens)
        {
            Save();
            (_segment, _tokens, _trigrams) = (_segment + 1, 0, ReferenceTrigrams.None());
        }

        _tokens++;
        Add(token.FoldedReference);
        return _segment;
    }

    /// <summary>Stores what is known of the segment.</summary>
    public void Save()
    {
        if (_isChanged)
        {
            connection.Prepared(SaveSql).Bind(1, _tenant.Location).Bind(2, _tenant.Environment).Bind(3, _segment).Bind(4, _trigrams).ExecuteLater();
            _isChanged = false;
        }
    }

    private void Find()
    {
        var newest = connection.Prepared(FindSql).Bind(1, _tenant.Location).Bind(2, _tenant.Environment).Query(row => (row.Int64(0), row.Int64(1)));
        if (newest is [var found])
        {
            (_segment, _tokens) = found;
            Load();
        }
        else
        {
            (_segment, _tokens, _trigrams) = (0, 0, ReferenceTrigrams.None());
        }
    }

    private void Load() => _trigrams = connection.Prepared(LoadSql).Bind(1, _tenant.Location).Bind(2, _tenant.Environment).Bind(3, _segment)
        .Query(row => row.Blob(0)).SingleOrDefault();

    private void Add(string reference) => _isChanged |= _trigrams is not null && ReferenceTrigrams.Add(_trigrams, reference);
}
