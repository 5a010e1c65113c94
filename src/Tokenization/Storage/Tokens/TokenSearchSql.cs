using System.Data.Common;
using System.Text;
using Dapper;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Tokens;

namespace Dojo.Pci.Tokenization.Storage.Tokens;

/// <summary>
/// Builds the statement of a search from constants; every value is a parameter. Each condition has the same text for the index and
/// for the tokens themselves. Their columns have the same names, except for the id and the reference: the index holds the reference folded, while
/// <see cref="SqlFunctions.Fold"/> folds it for the tokens.
/// </summary>
internal sealed class TokenSearchSql
{
    private const string Tenancy = "account_id = @account AND location_id = @location AND environment = @environment";
    private const string Changed = "SELECT setup_intent_id FROM token_changes";
    private const string InIndex = "folded_reference";
    private const string OfToken = $"{SqlFunctions.Fold}(reference)";

    private readonly Tenant _tenant;
    private readonly string _conditions;
    private readonly string _order;
    private readonly string _cursor;
    private readonly string _ofReference;

    /// <param name="tenant">The tenant whose tokens are searched.</param>
    /// <param name="search">The search; its <see cref="TokenSearch.Id"/> is ignored.</param>
    /// <param name="after">The token after which the page begins; null for the first page.</param>
    /// <param name="limit">The most tokens to return.</param>
    /// <param name="reference">The whole reference to match; null for any.</param>
    public TokenSearchSql(Tenant tenant, TokenSearch search, TokenCursor? after, int limit, string? reference = null)
    {
        _tenant = tenant;
        Parameters.AddDynamicParams(new
        {
            account = tenant.Account.Value,
            location = tenant.Location.Value,
            environment = (int)tenant.Environment,
            after = after?.RecordId,
            afterCreated = after?.CreatedAt,
            afterReference = after?.Reference,
        });
        SetLimit(limit);
        (_conditions, _ofReference) = Conditions(search, reference);
        (_order, var cursor) = search.Sort switch
        {
            TokenSort.Oldest => ("created_at, id", " AND (created_at, id) > (@afterCreated, @after)"),
            TokenSort.Reference => ("folded_reference, created_at, id", " AND (folded_reference, created_at, id) > (@afterReference, @afterCreated, @after)"),
            TokenSort.ReferenceDescending =>
                ("folded_reference DESC, created_at DESC, id DESC", " AND (folded_reference, created_at, id) < (@afterReference, @afterCreated, @after)"),
            _ => ("created_at DESC, id DESC", " AND (created_at, id) < (@afterCreated, @after)"),
        };
        _cursor = after is null ? "" : cursor;
    }

    public DynamicParameters Parameters { get; } = new();

    /// <summary>Changes the most tokens to return.</summary>
    public void SetLimit(int limit) => Parameters.Add("limit", limit);

    /// <summary>Returns a statement that scans an index, and also the tokens that the index does not hold yet.</summary>
    /// <param name="path">A path from <see cref="TokenPaths"/>.</param>
    public string Along(TokenPath path) => path == TokenPaths.AmongFew ? AlongFew : $"""
        SELECT id
          FROM ({string.Join(" UNION ALL ", path.Leads.Select(lead => AlongIndex(path.Index, lead)))}
                UNION ALL
                SELECT id, created_at, folded_reference
                  FROM (SELECT id, created_at, {OfToken} AS folded_reference
                          FROM unindexed_tokens
                         WHERE {Tenancy}{ForTokens(_conditions)}{ForTokens(_cursor)}
                         ORDER BY {_order}
                         LIMIT @limit) AS fresh) AS found
         ORDER BY {_order}
         LIMIT @limit
        """;

    /// <summary>The names of the parameters that hold the statuses.</summary>
    public static IEnumerable<string> StatusesOf(TokenSearch search) => Enumerable.Range(0, search.Statuses.Count).Select(position => $"@status{position}");

    /// <summary>The names of the parameters that hold the schemes, in parentheses.</summary>
    public static string SchemesOf(TokenSearch search) => $"({string.Join(", ", Enumerable.Range(0, search.Schemes.Count).Select(position => $"@scheme{position}"))})";

    /// <summary>Finds the segments whose references may contain a part. If they are few, returns true and sets <c>@segments</c> to them.</summary>
    public bool FindSegments(DbConnection connection, string part)
    {
        var segments = TokenSegments.WithReferencePart(connection, _tenant.Location.Value, (int)_tenant.Environment, FoldedText.Of(part));
        Parameters.Add("segments", segments is null ? null : JsonList.Of(segments));
        return segments is not null;
    }

    /// <summary>Whether the search has a condition that the index of references does not cover.</summary>
    public bool IsFilteredBeyondReference => _conditions.Length > _ofReference.Length;

    /// <summary>Finds the tokens in any order. If they are fewer than the limit, returns true and <see cref="TokenPaths.AmongFew"/> leads to them.</summary>
    public bool FindFew(DbConnection connection, int limit) => FindFew(connection, limit, _conditions);

    /// <summary>Does the same with only the conditions on the beginning and a part of the reference, which one index covers.</summary>
    /// <inheritdoc cref="FindFew(DbConnection, int)"/>
    public bool FindFewByReference(DbConnection connection, int limit) => FindFew(connection, limit, _ofReference);

    /// <summary>A statement that selects the matching tokens among the given ids.</summary>
    public string AmongIds => $"SELECT id FROM setup_intents WHERE id IN @recordIds AND {Tenancy}{ForTokens(_conditions)} ORDER BY {ForTokens(_order)}";

    // A subquery over the few tokens, so that the planner does not weigh the list against the other conditions.
    private string AlongFew => $"""
        SELECT id
          FROM (SELECT setup_intent_id AS id, created_at, folded_reference
                  FROM token_index
                 WHERE setup_intent_id IN (SELECT value FROM json_each(@few)) AND {Tenancy}{_conditions}
                 OFFSET 0) AS few
         WHERE 1 = 1{_cursor}
         ORDER BY {_order}
         LIMIT @limit
        """;

    private bool FindFew(DbConnection connection, int limit, string conditions)
    {
        var ids = connection.Query<long>($"SELECT setup_intent_id FROM token_index WHERE {Tenancy}{conditions} LIMIT {limit}", Parameters).AsList();
        Parameters.Add("few", ids.Count < limit ? JsonList.Of(ids) : null);
        return ids.Count < limit;
    }

    private string AlongIndex(string index, string lead) => $"""
        SELECT id, created_at, folded_reference
          FROM (SELECT setup_intent_id AS id, created_at, folded_reference
                  FROM token_index INDEXED BY {index}
                 WHERE {Tenancy}{lead}{_conditions}{_cursor.Replace(" id)", " setup_intent_id)", StringComparison.Ordinal)}
                   AND setup_intent_id NOT IN ({Changed})
                 ORDER BY {_order.Replace(" id", " setup_intent_id", StringComparison.Ordinal)}
                 LIMIT @limit) AS indexed
        """;

    // Returns all conditions, and separately those on the beginning and a part of the reference, which come last.
    private (string All, string OfReference) Conditions(TokenSearch search, string? reference)
    {
        var conditions = new StringBuilder();
        AddAll(search.Statuses.Select(status => status.ToString()), "status", search.Statuses.Count == 0 ? "" : $" AND +status IN ({string.Join(", ", StatusesOf(search))})");
        AddAll(search.Schemes.Select(scheme => scheme.ToString()), "scheme", search.Schemes.Count == 0 ? "" : $" AND card_scheme IN {SchemesOf(search)}");
        Add(search.LastFour, "lastFour", " AND card_last_four = @lastFour");
        Add(UnixTime.Of(search.CreatedFrom), "from", " AND created_at >= @from");
        Add(UnixTime.Of(search.CreatedTo), "to", " AND created_at < @to");
        Add(Folded(reference), "reference", " AND folded_reference = @reference");
        var others = conditions.Length;
        Add(Folded(search.ReferencePrefix), "prefix", " AND folded_reference >= @prefix AND folded_reference < @prefixEnd");
        Add(Folded(search.ReferencePrefix) is { } prefix ? TextRange.EndOf(prefix) : null, "prefixEnd", "");
        Add(Folded(search.ReferencePart), "part", " AND instr(folded_reference, @part) > 0");
        return (conditions.ToString(), conditions.ToString(others, conditions.Length - others));

        // A plus before the column keeps SQLite from using the column's index instead of the chosen path.
        void AddAll(IEnumerable<string> values, string name, string condition)
        {
            conditions.Append(condition);
            foreach (var (position, value) in values.Index())
            {
                Parameters.Add($"{name}{position}", value);
            }
        }

        void Add(object? value, string name, string condition)
        {
            if (value is not null)
            {
                Parameters.Add(name, value);
                conditions.Append(condition);
            }
        }
    }

    private static string ForTokens(string sql) => sql.Replace(InIndex, OfToken, StringComparison.Ordinal);

    private static string? Folded(string? text) => text is null ? null : FoldedText.Of(text);
}
