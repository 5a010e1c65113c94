using System.Data.Common;
using Dapper;
using Dojo.Pci.Tokenization.Tokens;

namespace Dojo.Pci.Tokenization.Storage.Tokens;

/// <summary>A path along an index of the tokens.</summary>
/// <param name="Index">The index to scan.</param>
/// <param name="Leads">
/// Conditions that select ranges of the index; the index is scanned once for each. Every wanted token meets one of them. An empty condition selects all.
/// </param>
internal sealed record TokenPath(string Index, params IReadOnlyList<string> Leads)
{
    /// <summary>The number of wanted tokens that were seen while the path was chosen; there may be more.</summary>
    public int AtLeast { get; init; }
}

/// <summary>
/// Chooses the index along which a search scans the fewest tokens. SQLite cannot know this: which statuses are rare and which last four digits are
/// common differs between locations. So each index is tried: its tokens are counted up to a limit that costs a fraction of a millisecond.
/// On PostgreSQL this is done only if no index has the wanted order.
/// </summary>
internal static class TokenPaths
{
    private static readonly TokenPath s_byCreation = new("sqlite_autoindex_token_index_1", "");
    private static readonly TokenPath s_byReference = new("ix_token_index_reference", "");
    private static readonly TokenPath s_bySegments = new("ix_token_index_card", " AND segment IN (SELECT value FROM json_each(@segments))");
    private static readonly TokenPath s_byLastFour = new("ix_token_index_card", $" AND segment IN ({TokenSegments.All}) AND card_scheme IN ({TokenSchemes.Known})");

    /// <summary>The path over the tokens that <see cref="TokenSearchSql.FindFew(DbConnection, int)"/> has found.</summary>
    public static TokenPath AmongFew { get; } = new("");

    // Up to this number, tokens are read one by one and sorted, rather than scanning past others.
    private const int Few = 2000;

    // This number of lists is merged in a millisecond.
    private const int MostLeads = 16;

    // Reading this number of tokens is faster than counting along another index.
    private const int FewEnough = 100;

    /// <summary>Chooses the path for a search. The counts use the parameters of the search's statement.</summary>
    public static TokenPath For(DbConnection connection, TokenSearchSql sql, TokenSearch search, string? reference = null)
    {
        if (!connection.IsIndexedBehind())
        {
            return InOrder(connection, sql, search);
        }

        var paths = Of(search, reference).ToList();
        var rest = WithoutIndex(search);
        var isByReference = search.Sort is TokenSort.Reference or TokenSort.ReferenceDescending;
        if (paths is [{ IsInOrder: true } only] && rest.Length == 0 && !isByReference)
        {
            return only.Way; // it has only the wanted tokens, in the wanted order: nothing is scanned in vain
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

        // In the order of references each token has to be fetched to be checked: worthwhile only if wanted tokens are found soon.
        return isByReference && (rest.Length == 0 || Count(connection, new Path(s_byCreation, rest, IsInOrder: false), sql) == Few) ? s_byReference : s_byCreation;
    }

    // On PostgreSQL each status, scheme and last four has an index in the order of creation; in the order of references only the references have one.
    private static TokenPath InOrder(DbConnection connection, TokenSearchSql sql, TokenSearch search)
    {
        var isByReference = search.Sort is TokenSort.Reference or TokenSort.ReferenceDescending;
        if (isByReference && sql.IsFilteredBeyondReference && sql.FindFew(connection, Few))
        {
            return AmongFew;
        }

        connection.FollowIndexOrder();
        if (isByReference)
        {
            return s_byReference;
        }

        if ((search.ReferencePart ?? search.ReferencePrefix) is null)
        {
            return ByStatusesAndSchemes(search);
        }

        return sql.FindFewByReference(connection, Few) ? AmongFew : ByStatusesAndSchemes(search) with { AtLeast = sql.IsFilteredBeyondReference ? 0 : Few };
    }

    private static TokenPath ByStatusesAndSchemes(TokenSearch search)
    {
        IReadOnlyList<string> statuses = search.Statuses.Count == 0 ? [""] : ByStatuses(search).Leads;
        return search.Schemes.Count == 0 || statuses.Count * search.Schemes.Count > MostLeads
            ? new TokenPath(s_byCreation.Index, statuses)
            : new TokenPath(s_byCreation.Index, [.. from status in statuses from scheme in Enumerable.Range(0, search.Schemes.Count) select $"{status} AND card_scheme = @scheme{scheme}"]);
    }

    // The index is in the order of creation for each status. For several statuses the beginnings of their lists are merged.
    private static TokenPath ByStatuses(TokenSearch search) =>
        new("ix_token_index_status", [.. TokenSearchSql.StatusesOf(search).Select(status => $" AND status = {status}")]);

    // The conditions that no index covers in a wanted order.
    private static string WithoutIndex(TokenSearch search) => string.Join(" AND ", new[]
    {
        search.LastFour is null ? null : "card_last_four = @lastFour",
        search.Schemes.Count == 0 ? null : $"card_scheme IN {TokenSearchSql.SchemesOf(search)}",
        search.ReferencePart is null ? null : "instr(folded_reference, @part) > 0",
    }.OfType<string>());

    private static IEnumerable<Path> Of(TokenSearch search, string? reference)
    {
        if (reference is not null)
        {
            yield return new Path(s_byReference, "folded_reference = @reference", IsInOrder: true);
        }

        if (search.Statuses.Count > 0)
        {
            yield return new Path(ByStatuses(search), "1 = 1", IsInOrder: true);
        }

        if (search.Schemes.Count > 0)
        {
            var schemes = TokenSearchSql.SchemesOf(search);
            var bySchemes = new TokenPath("ix_token_index_card", $" AND segment IN ({TokenSegments.AllIfKnown(schemes)})");
            yield return new Path(bySchemes, $"card_scheme IN {schemes}{(search.LastFour is null ? "" : " AND card_last_four = @lastFour")}", IsInOrder: false);
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

    private static int Count(DbConnection connection, Path path, TokenSearchSql sql)
    {
        var ways = path.Way.Leads.Select(lead =>
            $"SELECT 1 FROM token_index INDEXED BY {path.Way.Index} WHERE location_id = @location AND environment = @environment{lead} AND {path.Condition}");
        return connection.ExecuteScalar<int>($"SELECT COUNT(*) FROM ({string.Join(" UNION ALL ", ways)} LIMIT {Few}) AS few", sql.Parameters);
    }

    private sealed record Path(TokenPath Way, string Condition, bool IsInOrder);
}
