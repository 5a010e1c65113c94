using Dapper;
using Dojo.Pci.Tokenization.Tokens;
using Microsoft.Data.Sqlite;

namespace Dojo.Pci.Tokenization.Storage;

/// <summary>
/// Along which index a search passes over the fewest tokens. The engine cannot know: which status is rare and which four digits are
/// common differs from location to location. So it is tried: an index is counted, up to a number that costs a fraction of a millisecond.
/// </summary>
internal static class TokenPaths
{
    /// <summary>All tokens of a tenant in the order of creation.</summary>
    public const string ByCreation = "sqlite_autoindex_token_index_1";

    private const string ByReference = "ix_token_index_reference";
    private const string ByStatus = "ix_token_index_status";

    // So many tokens are rather looked at one by one, and sorted, than that others are passed over.
    private const int Few = 2000;

    /// <summary>The path for a search, whose parameters are those of its statement.</summary>
    public static string For(SqliteConnection connection, TokenSearchSql sql, TokenSearch search, string? reference = null)
    {
        var paths = Of(search, reference).ToList();
        var rest = WithoutIndex(search);
        var isByReference = search.Sort is TokenSort.Reference or TokenSort.ReferenceDescending;
        if (paths is [{ IsInOrder: true } only] && rest.Length == 0 && !isByReference)
        {
            return only.Index; // which leads to what is wanted in the order that is wanted: nothing is passed over
        }

        var best = paths.Select(path => (path.Index, Tokens: Count(connection, path, sql))).OrderBy(path => path.Tokens).FirstOrDefault((Index: ByCreation, Tokens: Few));
        if (best.Tokens < Few)
        {
            return best.Index;
        }

        // In the order of references each token has to be fetched to be looked at: worth it only where what is wanted is soon met.
        return isByReference && (rest.Length == 0 || Count(connection, new Path(ByCreation, rest, IsInOrder: false), sql) == Few) ? ByReference : ByCreation;
    }

    // What no index leads to.
    private static string WithoutIndex(TokenSearch search) => string.Join(" AND ", new[]
    {
        search.LastFour is null ? null : "card_last_four = @lastFour",
        search.Scheme is null ? null : "card_scheme = @scheme",
        search.ReferencePart is null ? null : "reference LIKE @pattern ESCAPE '!'",
    }.OfType<string>());

    private static IEnumerable<Path> Of(TokenSearch search, string? reference)
    {
        if (reference is not null)
        {
            yield return new Path(ByReference, "reference = @reference", IsInOrder: true);
        }

        if (search.Status is not null)
        {
            yield return new Path(ByStatus, "status = @status", IsInOrder: true);
        }

        if (search.ReferencePrefix is not null)
        {
            yield return new Path(ByReference, "reference >= @prefix AND reference < @prefixEnd", IsInOrder: false);
        }

        if (search.CreatedFrom is not null || search.CreatedTo is not null)
        {
            var from = search.CreatedFrom is null ? "" : "created_at >= @from";
            var and = search.CreatedFrom is null || search.CreatedTo is null ? "" : " AND ";
            var to = search.CreatedTo is null ? "" : "created_at < @to";
            yield return new Path(ByCreation, from + and + to, IsInOrder: true);
        }
    }

    private static int Count(SqliteConnection connection, Path path, TokenSearchSql sql) => connection.ExecuteScalar<int>(
        $"""
        SELECT COUNT(*)
          FROM (SELECT 1 FROM token_index INDEXED BY {path.Index}
                 WHERE location_id = @location AND environment = @environment AND {path.Condition}
                 LIMIT {Few})
        """,
        sql.Parameters);

    private sealed record Path(string Index, string Condition, bool IsInOrder);
}
