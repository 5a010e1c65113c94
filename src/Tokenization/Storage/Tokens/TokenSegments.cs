using System.Data.Common;

namespace Dojo.Pci.Tokenization.Storage.Tokens;

/// <summary>
/// Assigns tokens that are inserted into the index to the segments of their tenant, and records what each segment contains. A segment is the part of the index by
/// card that receives writes at one time: within it entries are sorted, so the next token may belong on any of its pages. For its references the
/// <see cref="ReferenceTrigrams"/> are recorded; for segments older than this feature, nothing is.
/// </summary>
internal sealed class TokenSegments(DbConnection connection)
{
    /// <summary>The segment for a late token <c>noted</c>: the newest of its tenant, even if it is full.</summary>
    public const string Newest = """
        COALESCE(
            (SELECT MAX(i.segment)
               FROM token_index i INDEXED BY ix_token_index_card
              WHERE i.location_id = noted.location_id AND i.environment = noted.environment),
            0)
        """;

    /// <summary>The segments of a tenant.</summary>
    public const string All = $"WITH RECURSIVE segments(segment) AS (SELECT 0 {Following}";

    /// <summary>The segments of a tenant that has one of the given schemes, otherwise none. A separate condition would be evaluated for each segment.</summary>
    /// <param name="schemes">The names of the parameters that hold the schemes, in parentheses.</param>
    public static string AllIfKnown(string schemes) => $"WITH RECURSIVE segments(segment) AS (SELECT 0 WHERE EXISTS ({TokenSchemes.Known} AND card_scheme IN {schemes}) {Following}";

    private const string Following = """
            UNION ALL
            SELECT segment + 1
              FROM segments
             WHERE segment < (SELECT MAX(segment) FROM token_index INDEXED BY ix_token_index_card WHERE location_id = @location AND environment = @environment))
        SELECT segment FROM segments
        """;

    // Ten pages of the index. With larger segments a search reads fewer of them, but a few tokens of a tenant are spread over more pages.
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

    /// <summary>The segments of a tenant that may hold a reference with a part; null if they are so many that a scan of all segments costs no more.</summary>
    /// <param name="connection">The connection, in a transaction.</param>
    /// <param name="location">The tenant's location.</param>
    /// <param name="environment">The tenant's environment.</param>
    /// <param name="part">The folded part that the reference has to contain.</param>
    public static IReadOnlyList<long>? WithReferencePart(DbConnection connection, long location, long environment, string part)
    {
        var wanted = ReferenceTrigrams.Of(part);
        if (wanted.Length == 0)
        {
            return null; // too short for trigrams
        }

        var newest = connection.Prepared(FindSql).Bind(1, location).Bind(2, environment).Query(row => row.Int64(0)).SingleOrDefault(-1);
        var without = connection.Prepared(AllKnownSql).Bind(1, location).Bind(2, environment)
            .Query(row => (Segment: row.Int64(0), MayHold: ReferenceTrigrams.MayHold(row.Bytes(1), wanted)))
            .Where(known => !known.MayHold).Select(known => known.Segment).ToHashSet();
        var others = Enumerable.Range(0, (int)newest + 1).Select(segment => (long)segment).Where(segment => !without.Contains(segment)).ToList();
        return others.Count > without.Count / 4 ? null : others;
    }

    /// <summary>Adds the references of late tokens to the trigrams of their segments.</summary>
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

    /// <summary>Counts the tokens that cannot be found by a part of their reference: 0 unless something is wrong.</summary>
    public static int CountHidden(DbConnection connection) => connection.Prepared(ReferencesSql)
        .Query(row => ReferenceTrigrams.MayHold(row.Bytes(1), ReferenceTrigrams.Of(row.Text(0)!))).Count(isFound => !isFound);

    /// <summary>Returns the segment for the next token. Tokens of a tenant have to come consecutively. Call <see cref="Save"/> after the last one.</summary>
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

    /// <summary>Stores the trigrams of the current segment.</summary>
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
