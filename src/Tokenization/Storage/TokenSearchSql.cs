using System.Text;
using Dapper;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Tokens;

namespace Dojo.Pci.Tokenization.Storage;

/// <summary>
/// The statement of a search, put together of constants; every value is a parameter. Each condition reads the same for the
/// index and for the tokens themselves, whose columns have the same names but for the id. Where few tokens are known by their
/// ids, the engine is kept from going along an index of all of them for the sake of the order.
/// </summary>
internal sealed class TokenSearchSql
{
    private const string Tenancy = "account_id = @account AND location_id = @location AND environment = @environment";
    private const string Changed = "SELECT setup_intent_id FROM token_changes";

    private readonly string _conditions;
    private readonly string _order;
    private readonly Func<string, string> _cursor;

    public TokenSearchSql(Tenant tenant, TokenSearch search, long? after, string? afterReference, int limit)
    {
        Parameters.AddDynamicParams(new
        {
            account = tenant.Account.Value,
            location = tenant.Location.Value,
            environment = (int)tenant.Environment,
            after,
            afterReference,
            limit,
        });
        _conditions = Conditions(search);
        (_order, var cursor) = search.Sort switch
        {
            TokenSort.Oldest => ("id", " AND {0} > @after"),
            TokenSort.Reference => ("reference, id", " AND (reference, {0}) > (@afterReference, @after)"),
            TokenSort.ReferenceDescending => ("reference DESC, id DESC", " AND (reference, {0}) < (@afterReference, @after)"),
            _ => ("id DESC", " AND {0} < @after"),
        };
        _cursor = column => after is null ? "" : cursor.Replace("{0}", column, StringComparison.Ordinal);
    }

    public DynamicParameters Parameters { get; } = new();

    /// <summary>Passes over the index, and over the tokens that it does not hold yet as they are.</summary>
    public string OverIndex => $"""
        SELECT id
          FROM (SELECT id, reference
                  FROM (SELECT setup_intent_id AS id, reference
                          FROM token_index
                         WHERE {Tenancy}{_conditions}{_cursor("setup_intent_id")} AND setup_intent_id NOT IN ({Changed})
                         ORDER BY {_order}
                         LIMIT @limit)
                UNION ALL
                SELECT id, reference
                  FROM (SELECT id, reference
                          FROM setup_intents NOT INDEXED
                         WHERE id IN ({Changed} WHERE {Tenancy}) AND {Tenancy}{_conditions}{_cursor("id")}
                         ORDER BY {_order}
                         LIMIT @limit))
         ORDER BY {_order}
         LIMIT @limit
        """;

    /// <summary>Goes along the references, which are indexed with the tokens themselves.</summary>
    public string OverReferences => $"""
        SELECT id
          FROM setup_intents INDEXED BY ix_setup_intents_reference
         WHERE {Tenancy}{_conditions}{_cursor("id")}
         ORDER BY {_order}
         LIMIT @limit
        """;

    /// <summary>How many references begin as they should, up to the limit.</summary>
    public static string CountOfPrefix => """
        SELECT COUNT(*)
          FROM (SELECT 1
                  FROM setup_intents INDEXED BY ix_setup_intents_reference
                 WHERE location_id = @location AND environment = @environment AND reference >= @prefix AND reference < @prefixEnd
                 LIMIT @limit)
        """;

    /// <summary>Those of some tokens that are found.</summary>
    public string AmongIds => $"SELECT id FROM setup_intents NOT INDEXED WHERE id IN @recordIds AND {Tenancy}{_conditions} ORDER BY {_order}";

    private string Conditions(TokenSearch search)
    {
        var conditions = new StringBuilder();
        Add(search.Status?.ToString(), "status", " AND status = @status");
        Add(search.Scheme?.ToString(), "scheme", " AND card_scheme = @scheme");
        Add(search.LastFour, "lastFour", " AND card_last_four = @lastFour");
        Add(Instants.ToUnix(search.CreatedFrom), "from", " AND created_at >= @from");
        Add(Instants.ToUnix(search.CreatedTo), "to", " AND created_at < @to");
        Add(search.ReferencePrefix, "prefix", " AND reference >= @prefix AND reference < @prefixEnd");
        Add(search.ReferencePrefix is { } prefix ? TextRange.EndOf(prefix) : null, "prefixEnd", "");
        Add(search.ReferencePart is { } part ? $"%{Escaped(part)}%" : null, "pattern", " AND reference LIKE @pattern ESCAPE '!'");
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

    private static string Escaped(string part) =>
        part.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal);
}
