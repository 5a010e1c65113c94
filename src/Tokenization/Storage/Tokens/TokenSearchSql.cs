using System.Text;
using Dapper;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Storage.Sqlite;
using Dojo.Pci.Tokenization.Tokens;
using Microsoft.Data.Sqlite;

namespace Dojo.Pci.Tokenization.Storage.Tokens;

/// <summary>
/// The statement of a search, put together of constants; every value is a parameter. Each condition reads the same for the index and
/// for the tokens themselves, whose columns have the same names but for the id, and for the reference: the index holds it folded, of the
/// tokens it is folded by <see cref="SqliteDatabase.FoldFunction"/>.
/// </summary>
internal sealed class TokenSearchSql
{
    private const string Tenancy = "account_id = @account AND location_id = @location AND environment = @environment";
    private const string Changed = "SELECT setup_intent_id FROM token_changes";
    private const string InIndex = "folded_reference";
    private const string OfToken = $"{SqliteDatabase.FoldFunction}(reference)";

    private readonly Tenant _tenant;
    private readonly string _conditions;
    private readonly string _order;
    private readonly string _cursor;

    /// <param name="tenant">Whose tokens.</param>
    /// <param name="search">Which; its <see cref="TokenSearch.Id"/> is not looked at.</param>
    /// <param name="after">Where the page begins; null for the beginning.</param>
    /// <param name="limit">At most how many.</param>
    /// <param name="reference">The whole reference; null for any.</param>
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
            limit,
        });
        _conditions = Conditions(search, reference);
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

    /// <summary>Goes along an index, and over the tokens that it does not hold yet as they are.</summary>
    /// <param name="path">One of <see cref="TokenPaths"/>.</param>
    public string Along(TokenPath path) => $"""
        SELECT id
          FROM (SELECT id, created_at, folded_reference
                  FROM (SELECT setup_intent_id AS id, created_at, folded_reference
                          FROM token_index INDEXED BY {path.Index}
                         WHERE {Tenancy}{path.Lead}{_conditions}{_cursor.Replace(" id)", " setup_intent_id)", StringComparison.Ordinal)}
                           AND setup_intent_id NOT IN ({Changed})
                         ORDER BY {_order.Replace(" id", " setup_intent_id", StringComparison.Ordinal)}
                         LIMIT @limit)
                UNION ALL
                SELECT id, created_at, folded_reference
                  FROM (SELECT id, created_at, {OfToken} AS folded_reference
                          FROM unindexed_tokens
                         WHERE {Tenancy}{ForTokens(_conditions)}{ForTokens(_cursor)}
                         ORDER BY {_order}
                         LIMIT @limit))
         ORDER BY {_order}
         LIMIT @limit
        """;

    /// <summary>Finds out in which segments references may contain a part; true where they are few, and <c>@segments</c> then has them.</summary>
    public bool FindSegments(SqliteConnection connection, string part)
    {
        var segments = TokenSegments.WithReferencePart(connection, _tenant.Location.Value, (int)_tenant.Environment, FoldedText.Of(part));
        Parameters.Add("segments", segments is null ? null : $"[{string.Join(',', segments)}]");
        return segments is not null;
    }

    /// <summary>Those of some tokens that are found.</summary>
    public string AmongIds => $"SELECT id FROM setup_intents WHERE id IN @recordIds AND {Tenancy}{ForTokens(_conditions)} ORDER BY {ForTokens(_order)}";

    private string Conditions(TokenSearch search, string? reference)
    {
        var conditions = new StringBuilder();
        Add(search.Status?.ToString(), "status", " AND status = @status");
        Add(search.Scheme?.ToString(), "scheme", " AND card_scheme = @scheme");
        Add(search.LastFour, "lastFour", " AND card_last_four = @lastFour");
        Add(UnixTime.Of(search.CreatedFrom), "from", " AND created_at >= @from");
        Add(UnixTime.Of(search.CreatedTo), "to", " AND created_at < @to");
        Add(Folded(reference), "reference", " AND folded_reference = @reference");
        Add(Folded(search.ReferencePrefix), "prefix", " AND folded_reference >= @prefix AND folded_reference < @prefixEnd");
        Add(Folded(search.ReferencePrefix) is { } prefix ? TextRange.EndOf(prefix) : null, "prefixEnd", "");
        Add(Folded(search.ReferencePart) is { } part ? $"%{Escaped(part)}%" : null, "pattern", " AND folded_reference LIKE @pattern ESCAPE '!'");
        return conditions.ToString();

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

    private static string Escaped(string part) =>
        part.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal);
}
