using System.Data.Common;
using Dapper;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Tokens;

namespace Dojo.Pci.Tokenization.Storage.Tokens;

/// <summary>
/// Groups tokens by card. Fingerprints are random, so each token belongs on a different page of the table: many are inserted at once, in table order, so that
/// they share pages. A card's row of <c>duplicate_cards</c> depends only on its tokens, so inserting a token twice changes nothing.
/// </summary>
internal sealed class CardIndex(IDatabase database) : ICardIndex
{
    /// <summary>Counts the tokens that are missing from their card, or listed under a wrong card: 0 unless something is wrong.</summary>
    public const string CountFaults = """
        SELECT (SELECT COUNT(*)
                  FROM setup_intents s
                 WHERE s.card_fingerprint IS NOT NULL AND s.id <= (SELECT grouped_up_to FROM token_index_progress)
                   AND s.id NOT IN (SELECT setup_intent_id FROM token_changes)
                   AND NOT EXISTS (SELECT 1
                                     FROM card_tokens t
                                    WHERE t.location_id = s.location_id AND t.environment = s.environment
                                      AND t.card = substr(s.card_fingerprint, 1, 16) AND t.setup_intent_id = s.id))
             + (SELECT COUNT(*)
                  FROM card_tokens t
                 WHERE NOT EXISTS (SELECT 1 FROM setup_intents s WHERE s.id = t.setup_intent_id AND substr(s.card_fingerprint, 1, 16) = t.card))
        """;

    /// <summary>Counts the cards that are wrongly listed as duplicates, listed with a wrong token, or missing from the list: 0 unless something is wrong.</summary>
    public const string CountFalseDuplicates = $"""
        SELECT (SELECT COUNT(*) FROM ({Listed} EXCEPT {Repeated}) AS listed) + (SELECT COUNT(*) FROM ({Repeated} EXCEPT {Listed}) AS repeated)
        """;

    private const string Listed = "SELECT location_id, environment, card, newest_id FROM duplicate_cards";
    private const string Repeated = "SELECT location_id, environment, card, MAX(setup_intent_id) FROM card_tokens GROUP BY location_id, environment, card HAVING COUNT(*) > 1";

    // Takes a few milliseconds to read.
    private const int ReadAtOnce = 2048;

    private const string UpToSql = "SELECT grouped_up_to, indexed_up_to FROM token_index_progress";

    private const string ListSql = """
        SELECT id, location_id, environment, substr(card_fingerprint, 1, 16)
          FROM setup_intents
         WHERE id > ?1 AND id <= ?2
         ORDER BY id
         LIMIT ?3
        """;

    private const string NotedSql = """
        SELECT DISTINCT s.id, s.location_id, s.environment, substr(s.card_fingerprint, 1, 16)
          FROM token_changes c
          JOIN setup_intents s ON s.id = c.setup_intent_id
         WHERE c.sequence <= ?1 AND s.id <= (SELECT grouped_up_to FROM token_index_progress) AND s.card_fingerprint IS NOT NULL
        """;

    // In table order. A card may have been destroyed since it was read.
    private const string InsertSql = """
        INSERT INTO card_tokens (location_id, environment, card, setup_intent_id)
        SELECT location_id, environment, substr(card_fingerprint, 1, 16), id
          FROM setup_intents
         WHERE id IN (SELECT value FROM json_each(?1)) AND card_fingerprint IS NOT NULL
         ORDER BY 1, 2, 3, 4
        ON CONFLICT (location_id, environment, card, setup_intent_id) DO NOTHING
        """;

    private const string NoteDuplicatesSql = """
        INSERT INTO duplicate_cards (location_id, environment, card, newest_id)
        SELECT taken.location_id, taken.environment, taken.card,
               (SELECT MAX(t.setup_intent_id)
                  FROM card_tokens t
                 WHERE t.location_id = taken.location_id AND t.environment = taken.environment AND t.card = taken.card)
          FROM (SELECT DISTINCT location_id, environment, substr(card_fingerprint, 1, 16) AS card
                  FROM setup_intents
                 WHERE id IN (SELECT value FROM json_each(?1)) AND card_fingerprint IS NOT NULL) AS taken
         WHERE EXISTS (SELECT 1
                         FROM card_tokens t
                        WHERE t.location_id = taken.location_id AND t.environment = taken.environment AND t.card = taken.card
                        ORDER BY t.setup_intent_id DESC
                        LIMIT 1 OFFSET 1)
        ON CONFLICT (location_id, environment, card) DO UPDATE SET newest_id = excluded.newest_id
        """;

    private const string MoveSql = "UPDATE token_index_progress SET grouped_up_to = @last";

    private const string DuplicatesSql = """
        SELECT card, newest_id
          FROM duplicate_cards
         WHERE location_id = @location AND environment = @environment AND newest_id < @after
         ORDER BY newest_id DESC
         LIMIT @limit
        """;

    private const string OfCard = """
        SELECT setup_intent_id
          FROM card_tokens
         WHERE location_id = @location AND environment = @environment AND card = @card
         ORDER BY setup_intent_id DESC
         LIMIT @most
        """;

    private const string StatusesSql = $"""
        SELECT s.status, COUNT(*)
          FROM ({OfCard}) AS newest
          JOIN setup_intents s ON s.id = newest.setup_intent_id
         WHERE s.account_id = @account
         GROUP BY s.status
         ORDER BY COUNT(*) DESC, s.status
        """;

    public async Task<int> CatchUpAsync(int limit, int atOnce)
    {
        var (tokens, last, read) = await ListAsync(limit);
        foreach (var chunk in tokens.Order(CardToken.InOrderOfTable).Chunk(atOnce))
        {
            await database.WriteAsync(TenantScope.Service, connection => Take(connection, chunk));
        }

        if (read > 0)
        {
            await database.WriteAsync(TenantScope.Service, connection => connection.Execute(MoveSql, new { last }));
        }

        return read;
    }

    public Task<IReadOnlyList<FoundCard>> ListDuplicatesAsync(Tenant tenant, long? after, int limit, int counted, int shown, CancellationToken ct)
    {
        var (account, location, environment) = (tenant.Account.Value, tenant.Location.Value, (int)tenant.Environment);
        return database.ScanAsync<IReadOnlyList<FoundCard>>(
            tenant,
            connection =>
            {
                using var snapshot = connection.BeginSnapshot();
                var cards = connection.Query<(byte[] Card, long Newest)>(DuplicatesSql, new { location, environment, after = after ?? long.MaxValue, limit });
                return [.. cards.Select(found => new FoundCard(found.Newest, StatusesOf(found.Card), NewestOf(found.Card)))];

                IReadOnlyList<StatusCount> StatusesOf(byte[] card) =>
                [
                    .. connection.Query<(string Status, int Tokens)>(StatusesSql, new { account, location, environment, card, most = counted })
                        .Select(row => new StatusCount(Enum.Parse<SetupIntentStatus>(row.Status), row.Tokens)),
                ];

                IReadOnlyList<FoundToken> NewestOf(byte[] card) => FoundTokens.Load(
                    connection, tenant.Account, tenant.Environment, connection.Query<long>(OfCard, new { location, environment, card, most = shown }).AsList());
            },
            ct);
    }

    /// <summary>Within a transaction: inserts the late tokens among those that were noted as changed.</summary>
    public static void AddLate(DbConnection connection, long last)
    {
        if (connection.Prepared(NotedSql).Bind(1, last).Query(CardToken.Read) is { Count: > 0 } late)
        {
            Take(connection, [.. late.Order(CardToken.InOrderOfTable)]);
        }
    }

    // Read in pieces, because a long-running reader keeps the database's log from restarting.
    private async Task<(List<CardToken> Tokens, long Last, int Read)> ListAsync(int limit)
    {
        var (last, end) = await database.ReadAsync(TenantScope.Service, connection => connection.QuerySingle<(long Last, long End)>(UpToSql), CancellationToken.None);
        var (tokens, read) = (new List<CardToken>(), 0);
        while (read < limit && last < end)
        {
            var (begin, most) = (last, Math.Min(ReadAtOnce, limit - read));
            var next = await database.ReadAsync(
                TenantScope.Service,
                connection => connection.Prepared(ListSql).Bind(1, begin).Bind(2, end).Bind(3, most).Query(CardToken.Read), CancellationToken.None);
            if (next.Count == 0)
            {
                break;
            }

            tokens.AddRange(next.Where(token => token.Card.Length > 0));
            (last, read) = (next[^1].Id, read + next.Count);
        }

        return (tokens, last, read);
    }

    private static int Take(DbConnection connection, CardToken[] tokens)
    {
        var ids = JsonList.Of(tokens.Select(token => token.Id));
        connection.Prepared(InsertSql).Bind(1, ids).ExecuteLater();
        connection.Prepared(NoteDuplicatesSql).Bind(1, ids).ExecuteLater();
        return tokens.Length;
    }

    /// <summary>A token and its card, as the table holds them. A token without card data has an empty card.</summary>
    private sealed record CardToken(long Id, long Location, long Environment, byte[] Card)
    {
        /// <summary>The order of the table.</summary>
        public static IComparer<CardToken> InOrderOfTable { get; } = Comparer<CardToken>.Create((one, other) =>
            (one.Location, one.Environment).CompareTo((other.Location, other.Environment)) is not 0 and var tenant ? tenant
            : one.Card.AsSpan().SequenceCompareTo(other.Card) is not 0 and var card ? card
            : one.Id.CompareTo(other.Id));

        public static CardToken Read(PreparedStatement row) => new(row.Int64(0), row.Int64(1), row.Int64(2), row.Blob(3) ?? []);
    }
}
