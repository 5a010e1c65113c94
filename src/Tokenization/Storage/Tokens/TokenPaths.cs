using Dapper;
using Dojo.Pci.Tokenization.Tokens;
using Microsoft.Data.Sqlite;

namespace Dojo.Pci.Tokenization.Storage.Tokens;

/// <summary>A way through the index of tokens.</summary>
/// <param name="Index">The index to go along.</param>
/// <param name="Lead">A condition that leads into it, and that all tokens of the tenant meet which are searched for; empty where it needs none.</param>
internal sealed record TokenPath(string Index, string Lead = "");

/// <summary>
/// Along which index a search passes over the fewest tokens. The engine cannot know: which status is rare and which four digits are
/// common differs from location to location. So it is tried: an index is counted, up to a number that costs a fraction of a millisecond.
/// </summary>
internal static class TokenPaths
{
    private static readonly TokenPath s_byCreation = new("sqlite_autoindex_token_index_1");
    private static readonly TokenPath s_byReference = new("ix_token_index_reference");
    private static readonly TokenPath s_byStatus = new("ix_token_index_status");
    private static readonly TokenPath s_bySegments = new("ix_token_index_card", " AND segment IN (SELECT value FROM json_each(@segments))");
    private static readonly TokenPath s_byScheme = new("ix_token_index_card", $" AND segment IN ({TokenSegments.AllIfSchemeIsKnown})");
    private static readonly TokenPath s_byLastFour = new("ix_token_index_card", $" AND segment IN ({TokenSegments.All}) AND card_scheme IN ({TokenSchemes.Known})");

    // So many tokens are rather looked at one by one, and sorted, than that others are passed over.
    private const int Few = 2000;

    // So many are looked at sooner than another index is counted.
    private const int FewEnough = 100;

    /// <summary>The path for a search, whose parameters are those of its statement.</summary>
    public static TokenPath For(SqliteConnection connection, TokenSearchSql sql, TokenSearch search, string? reference = null)
    {
        var paths = Of(search, reference).ToList();
        var rest = WithoutIndex(search);
        var isByReference = search.Sort is TokenSort.Reference or TokenSort.ReferenceDescending;
        if (paths is [{ IsInOrder: true } only] && rest.Length == 0 && !isByReference)
        {
            return only.Way; // which leads to what is wanted in the order that is wanted: nothing is passed over
        }

        var (best, fewest) = (s_byCreation, Few);
        foreach (var path in paths.TakeWhile(_ => fewest >= FewEnough))
        {
            var tokens = Count(connection, path, sql);
            (best, fewest) = tokens < fewest ? (path.Way, tokens) : (best, fewest);
        }

        if (fewest < Few)
        {
            return best;
        }

        if (search.ReferencePart is { } part && sql.FindSegments(connection, part))
        {
            return s_bySegments;
        }

        // In the order of references each token has to be fetched to be looked at: worth it only where what is wanted is soon met.
        return isByReference && (rest.Length == 0 || Count(connection, new Path(s_byCreation, rest, IsInOrder: false), sql) == Few) ? s_byReference : s_byCreation;
    }

    // What no index leads to in an order that is wanted.
    private static string WithoutIndex(TokenSearch search) => string.Join(" AND ", new[]
    {
        search.LastFour is null ? null : "card_last_four = @lastFour",
        search.Scheme is null ? null : "card_scheme = @scheme",
        search.ReferencePart is null ? null : "folded_reference LIKE @pattern ESCAPE '!'",
    }.OfType<string>());

    private static IEnumerable<Path> Of(TokenSearch search, string? reference)
    {
        if (reference is not null)
        {
            yield return new Path(s_byReference, "folded_reference = @reference", IsInOrder: true);
        }

        if (search.Status is not null)
        {
            yield return new Path(s_byStatus, "status = @status", IsInOrder: true);
        }

        if (search.Scheme is not null)
        {
            yield return new Path(s_byScheme, search.LastFour is null ? "card_scheme = @scheme" : "card_scheme = @scheme AND card_last_four = @lastFour", IsInOrder: false);
        }
        else if (search.LastFour is not null)
        {
            yield return new Path(s_byLastFour, "card_last_four = @lastFour", IsInOrder: false);
        }

        if (search.ReferencePrefix is not null)
        {
            yield return new Path(s_byReference, "folded_reference >= @prefix AND folded_reference < @prefixEnd", IsInOrder: false);
        }

        if (search.CreatedFrom is not null || search.CreatedTo is not null)
        {
            var from = search.CreatedFrom is null ? "" : "created_at >= @from";
            var and = search.CreatedFrom is null || search.CreatedTo is null ? "" : " AND ";
            var to = search.CreatedTo is null ? "" : "created_at < @to";
            yield return new Path(s_byCreation, from + and + to, IsInOrder: true);
        }
    }

    private static int Count(SqliteConnection connection, Path path, TokenSearchSql sql) => connection.ExecuteScalar<int>(
        $"""
        SELECT COUNT(*)
          FROM (SELECT 1 FROM token_index INDEXED BY {path.Way.Index}
                 WHERE location_id = @location AND environment = @environment{path.Way.Lead} AND {path.Condition}
                 LIMIT {Few})
        """,
        sql.Parameters);

    private sealed record Path(TokenPath Way, string Condition, bool IsInOrder);
}
