using System.Data.Common;
using Dapper;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Tokens;

namespace Dojo.Pci.Tokenization.Storage.Tokens;

internal sealed class TokenSearchStore(IDatabase database) : ITokenSearchStore
{
    // Finds the tokens of a card by the beginning of its fingerprint.
    private const string SameCardByIndexSql = """
        SELECT id, created_at
          FROM setup_intents
         WHERE location_id = @location AND environment = @environment AND account_id = @account
           AND card = substr(@fingerprint, 1, 16) AND card_fingerprint = @fingerprint AND id <> @recordId
         ORDER BY created_at DESC, id DESC
         LIMIT @limit
        """;

    // Finds candidates by the card's scheme and last four digits, in the order of creation; their fingerprints tell which are of the same card.
    private const string SameCardBehindSql = $"""
        SELECT id, created_at
          FROM (SELECT s.id, s.created_at
                  FROM token_index i INDEXED BY ix_token_index_card
                  CROSS JOIN setup_intents s ON s.id = i.setup_intent_id
                 WHERE i.location_id = @location AND i.environment = @environment AND i.account_id = @account
                   AND i.segment IN ({TokenSegments.All}) AND i.card_scheme = @scheme AND i.card_last_four = @lastFour
                   AND i.setup_intent_id NOT IN (SELECT setup_intent_id FROM token_changes)
                   AND s.card_fingerprint = @fingerprint AND s.id <> @recordId
                 ORDER BY i.created_at DESC, i.setup_intent_id DESC
                 LIMIT @limit) AS indexed
        UNION ALL
        SELECT id, created_at
          FROM unindexed_tokens
         WHERE location_id = @location AND environment = @environment AND account_id = @account
           AND card_fingerprint = @fingerprint AND id <> @recordId
        """;

    private const string LocationsSql = "SELECT id FROM locations WHERE account_id = @account";

    private const string PaymentsSql = """
        SELECT id AS Id, status AS Status, amount + tips_amount + service_charge_amount AS Amount, currency AS Currency, reference AS Reference, created_at AS CreatedAt
          FROM payment_intents
         WHERE setup_intent_id = @recordId AND account_id = @account AND location_id = @location AND environment = @environment
         ORDER BY id
         LIMIT 100
        """;

    public Task<IReadOnlyList<FoundToken>> SearchAsync(Tenant tenant, TokenSearch search, long? after, int limit, CancellationToken ct) =>
        database.ScanAsync(
            tenant,
            connection =>
            {
                using var snapshot = connection.BeginSnapshot();
                var sql = new TokenSearchSql(tenant, search, TokenCursor.Of(connection, tenant, after), limit);
                var ids = connection.Query<long>(sql.Along(TokenPaths.For(connection, sql, search)), sql.Parameters).AsList();
                return FoundTokens.Load(connection, tenant.Account, tenant.Environment, ids);
            },
            ct);

    public Task<(IReadOnlyList<FoundToken> First, int Count)> SearchAndCountAsync(Tenant tenant, TokenSearch search, int limit, int countUpTo, CancellationToken ct) =>
        database.ScanAsync<(IReadOnlyList<FoundToken>, int)>(
            tenant,
            connection =>
            {
                using var snapshot = connection.BeginSnapshot();
                var sql = new TokenSearchSql(tenant, search, after: null, limit);
                var path = TokenPaths.For(connection, sql, search);
                var ids = connection.Query<long>(sql.Along(path), sql.Parameters).AsList();
                var first = FoundTokens.Load(connection, tenant.Account, tenant.Environment, ids);
                if (ids.Count < limit)
                {
                    return (first, ids.Count);
                }

                // A path in the order of references may read tokens that counting need not.
                return (first, search.Sort is TokenSort.Newest or TokenSort.Oldest ? Count(connection, sql, path, countUpTo) : Count(connection, tenant, search, countUpTo));
            },
            ct);

    public Task<int> CountAsync(Tenant tenant, TokenSearch search, int limit, CancellationToken ct) =>
        database.ScanAsync(
            tenant,
            connection =>
            {
                using var snapshot = connection.BeginSnapshot();
                return Count(connection, tenant, search, limit);
            },
            ct);

    public Task<IReadOnlyList<FoundToken>> PickAsync(Tenant tenant, TokenSearch search, IReadOnlyCollection<long> recordIds, CancellationToken ct) =>
        database.ReadAsync(
            tenant,
            connection =>
            {
                using var snapshot = connection.BeginSnapshot();
                var sql = new TokenSearchSql(tenant, search, after: null, limit: recordIds.Count);
                sql.Parameters.Add("recordIds", recordIds);
                return FoundTokens.Load(connection, tenant.Account, tenant.Environment, connection.Query<long>(sql.AmongIds, sql.Parameters).AsList());
            },
            ct);

    public Task<IReadOnlyList<FoundToken>> ListOfSameCardAsync(StoredSetupIntent intent, int limit, CancellationToken ct)
    {
        if (intent.Card?.Fingerprint is not { } fingerprint)
        {
            return Task.FromResult<IReadOnlyList<FoundToken>>([]);
        }

        var (account, environment) = (intent.Tenant.Account, intent.Tenant.Environment);
        return database.ScanAsync(
            account,
            connection =>
            {
                using var snapshot = connection.BeginSnapshot();
                var sql = connection.IsIndexedBehind() ? SameCardBehindSql : SameCardByIndexSql;
                var found = connection.Query<long>(LocationsSql, new { account = account.Value }).SelectMany(location => connection.Query<(long Id, long CreatedAt)>(sql, new
                {
                    account = account.Value, location, environment = (int)environment, scheme = intent.Card.Scheme.ToString(), lastFour = intent.Card.Masked.LastFour, fingerprint, recordId = intent.RecordId, limit,
                }));
                var newest = found.OrderByDescending(token => token.CreatedAt).ThenByDescending(token => token.Id).Take(limit).Select(token => token.Id);
                return FoundTokens.Load(connection, account, environment, [.. newest]);
            },
            ct);
    }

    public Task<IReadOnlyList<FoundPayment>> ListPaymentsAsync(Tenant tenant, long recordId, CancellationToken ct)
    {
        var parameters = new { account = tenant.Account.Value, location = tenant.Location.Value, environment = (int)tenant.Environment, recordId };
        return database.ReadAsync<IReadOnlyList<FoundPayment>>(
            tenant,
            connection =>
            [
                .. connection.Query<(long Id, string Status, long Amount, string Currency, string Reference, long CreatedAt)>(PaymentsSql, parameters)
                    .Select(row => new FoundPayment(
                        row.Id,
                        Enum.Parse<PaymentIntentStatus>(row.Status),
                        new Validation.Money(row.Amount, row.Currency),
                        row.Reference,
                        UnixTime.ToInstant(row.CreatedAt))),
            ],
            ct);
    }

    public Task<IReadOnlyDictionary<string, string>> NameAsync(AccountId account, IReadOnlyCollection<string> actors, CancellationToken ct) =>
        database.ReadAsync(account, connection => FoundTokens.NamesOf(connection, account, actors), ct);

    private static int Count(DbConnection connection, Tenant tenant, TokenSearch search, int limit)
    {
        var byCreation = search with { Sort = TokenSort.Newest };
        var sql = new TokenSearchSql(tenant, byCreation, after: null, limit);
        return Count(connection, sql, TokenPaths.For(connection, sql, byCreation), limit);
    }

    private static int Count(DbConnection connection, TokenSearchSql sql, TokenPath path, int limit)
    {
        if (path.AtLeast >= limit)
        {
            return limit;
        }

        sql.SetLimit(limit);
        return connection.ExecuteScalar<int>($"SELECT COUNT(*) FROM ({sql.Along(path)}) AS found", sql.Parameters);
    }
}
