using System.Data.Common;
using Dapper;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Tokens;

namespace Dojo.Pci.Tokenization.Storage.Tokens;

/// <summary>Loads what a list shows of the tokens found, and the names of the actors who changed them.</summary>
internal static class FoundTokens
{
    private const string KeyPrefix = "key:";
    private const string MemberPrefix = "member:";

    private const string LoadSql = $"""
        SELECT s.id AS Id, s.location_id AS LocationId, s.status AS Status, {TokenIndex.OutcomeOf} AS Outcome, s.created_at AS CreatedAt,
               s.reference AS Reference, s.card_leading AS CardLeading, s.card_last_four AS CardLastFour, s.card_scheme AS CardScheme,
               s.card_expiry AS CardExpiry,
               (SELECT e.actor FROM setup_intent_events e WHERE e.setup_intent_id = s.id AND e.position = 0) AS Actor
          FROM setup_intents s
         WHERE s.id IN @ids AND s.account_id = @account AND s.environment = @environment
        """;

    private const string NamesSql = """
        SELECT 'key:' || id, name FROM api_keys WHERE account_id = @account AND id IN @keys
        UNION ALL
        SELECT 'member:' || id, name FROM members WHERE account_id = @account AND id IN @members
        """;

    /// <summary>Loads tokens of an account, in the order of the given ids.</summary>
    public static IReadOnlyList<FoundToken> Load(DbConnection connection, AccountId account, TenantEnvironment environment, List<long> ids)
    {
        var rows = connection.Query<Row>(LoadSql, new { ids, account = account.Value, environment = (int)environment }).ToDictionary(row => row.Id);
        var names = NamesOf(connection, account, rows.Values.Select(row => row.Actor).OfType<string>());
        return [.. ids.Where(rows.ContainsKey).Select(id => rows[id].ToDomain(names))];
    }

    public static IReadOnlyDictionary<string, string> NamesOf(DbConnection connection, AccountId account, IEnumerable<string> actors)
    {
        var distinct = actors.Distinct(StringComparer.Ordinal).ToList();
        var (keys, members) = (NumbersIn(distinct, KeyPrefix), NumbersIn(distinct, MemberPrefix));
        return keys.Count + members.Count == 0
            ? new Dictionary<string, string>(StringComparer.Ordinal)
            : connection.Query<(string Actor, string Name)>(NamesSql, new { account = account.Value, keys, members }).ToDictionary(row => row.Actor, row => row.Name, StringComparer.Ordinal);
    }

    private static List<long> NumbersIn(List<string> actors, string prefix) =>
    [
        .. actors.Where(actor => actor.StartsWith(prefix, StringComparison.Ordinal))
            .Select(actor => long.TryParse(actor.AsSpan(prefix.Length), out var id) ? id : -1),
    ];

    private sealed record Row
    {
        public required long Id { get; init; }

        public required long LocationId { get; init; }

        public required string Status { get; init; }

        public required string Outcome { get; init; }

        public required long CreatedAt { get; init; }

        public required string Reference { get; init; }

        public string? CardLeading { get; init; }

        public string? CardLastFour { get; init; }

        public string? CardScheme { get; init; }

        public int? CardExpiry { get; init; }

        public string? Actor { get; init; }

        public FoundToken ToDomain(IReadOnlyDictionary<string, string> names) => new(
            Id,
            new LocationId(LocationId),
            Enum.Parse<SetupIntentStatus>(Status),
            Enum.Parse<TokenOutcome>(Outcome),
            UnixTime.ToInstant(CreatedAt),
            Reference,
            CardExpiry is { } expiry
                ? new ShownCard(new MaskedCardNumber(CardLeading!, CardLastFour!), Enum.Parse<CardScheme>(CardScheme!), new CardExpiry(expiry / 100, expiry % 100))
                : null,
            Actor is null ? "" : names.GetValueOrDefault(Actor, Actor));
    }
}
