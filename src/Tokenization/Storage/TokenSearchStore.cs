using Dapper;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Tokens;
using Microsoft.Data.Sqlite;

namespace Dojo.Pci.Tokenization.Storage;

internal sealed class TokenSearchStore(IDatabase database) : ITokenSearchStore
{
    // Up to so many tokens are looked at one by one rather than passing over the index.
    private const int FewReferences = 2000;

    private const string ReferenceSql = """
        SELECT reference FROM setup_intents
         WHERE account_id = @account AND location_id = @location AND environment = @environment AND id = @after
        """;

    // The last four of a card lead to a handful of tokens; which of them are of the same card, their fingerprints tell.
    private const string SameCardSql = """
        SELECT s.id
          FROM setup_intents s
         WHERE s.id IN (SELECT setup_intent_id
                          FROM token_index
                         WHERE location_id IN (SELECT id FROM locations WHERE account_id = @account)
                           AND environment = @environment AND account_id = @account AND card_last_four = @lastFour
                        UNION
                        SELECT setup_intent_id
                          FROM token_changes
                         WHERE account_id = @account AND environment = @environment)
           AND s.account_id = @account AND s.environment = @environment AND s.card_fingerprint = @fingerprint AND s.id <> @recordId
         ORDER BY s.id DESC
         LIMIT @limit
        """;

    private const string PaymentsSql = """
        SELECT id AS Id, status AS Status, amount AS Amount, currency AS Currency, reference AS Reference, created_at AS CreatedAt
          FROM payment_intents
         WHERE setup_intent_id = @recordId AND account_id = @account AND location_id = @location AND environment = @environment
         ORDER BY id
         LIMIT 100
        """;

    public Task<IReadOnlyList<FoundToken>> SearchAsync(Tenant tenant, TokenSearch search, long? after, int limit, CancellationToken ct) =>
        database.ScanAsync(
            connection =>
            {
                using var snapshot = connection.BeginTransaction(deferred: true);
                var afterReference = after is null ? null : ReferenceOf(connection, tenant, after.Value);
                var sql = new TokenSearchSql(tenant, search, after, afterReference, limit);
                var ids = connection.Query<long>(IsByReference(connection, tenant, search) ? sql.OverReferences : sql.OverIndex, sql.Parameters).AsList();
                return FoundTokens.Load(connection, tenant.Account, tenant.Environment, ids);
            },
            ct);

    public Task<int> CountAsync(Tenant tenant, TokenSearch search, int limit, CancellationToken ct) =>
        database.ScanAsync(
            connection =>
            {
                using var snapshot = connection.BeginTransaction(deferred: true);
                var sql = new TokenSearchSql(tenant, search with { Sort = TokenSort.Newest }, after: null, afterReference: null, limit);
                return connection.ExecuteScalar<int>(
                    $"SELECT COUNT(*) FROM ({(IsOfFewReferences(connection, tenant, search) ? sql.OverReferences : sql.OverIndex)})", sql.Parameters);
            },
            ct);

    public Task<IReadOnlyList<FoundToken>> PickAsync(Tenant tenant, TokenSearch search, IReadOnlyCollection<long> recordIds, CancellationToken ct) =>
        database.ReadAsync(
            connection =>
            {
                using var snapshot = connection.BeginTransaction(deferred: true);
                var sql = new TokenSearchSql(tenant, search, after: null, afterReference: null, limit: recordIds.Count);
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
        var parameters = new
        {
            account = account.Value, environment = (int)environment, lastFour = intent.Card.Masked.LastFour, fingerprint, recordId = intent.RecordId, limit,
        };
        return database.ScanAsync(
            connection =>
            {
                using var snapshot = connection.BeginTransaction(deferred: true);
                return FoundTokens.Load(connection, account, environment, connection.Query<long>(SameCardSql, parameters).AsList());
            },
            ct);
    }

    public Task<IReadOnlyList<FoundPayment>> ListPaymentsAsync(Tenant tenant, long recordId, CancellationToken ct)
    {
        var parameters = new { account = tenant.Account.Value, location = tenant.Location.Value, environment = (int)tenant.Environment, recordId };
        return database.ReadAsync<IReadOnlyList<FoundPayment>>(
            connection =>
            [
                .. connection.Query<(long Id, string Status, long Amount, string Currency, string Reference, long CreatedAt)>(PaymentsSql, parameters)
                    .Select(row => new FoundPayment(
                        row.Id,
                        Enum.Parse<PaymentIntents.PaymentIntentStatus>(row.Status),
                        new Validation.Money(row.Amount, row.Currency),
                        row.Reference,
                        Instants.FromUnix(row.CreatedAt))),
            ],
            ct);
    }

    public Task<IReadOnlyDictionary<string, string>> NameAsync(AccountId account, IReadOnlyCollection<string> actors, CancellationToken ct) =>
        database.ReadAsync(connection => FoundTokens.NamesOf(connection, account, actors), ct);

    private static string? ReferenceOf(SqliteConnection connection, Tenant tenant, long after) => connection.ExecuteScalar<string?>(
        ReferenceSql, new { account = tenant.Account.Value, location = tenant.Location.Value, environment = (int)tenant.Environment, after });

    // In the order of references and asking for nothing else, the first that are met are those that are wanted.
    private static bool IsByReference(SqliteConnection connection, Tenant tenant, TokenSearch search) =>
        (search.Sort is TokenSort.Reference or TokenSort.ReferenceDescending
            && search with { ReferencePrefix = null, ReferencePart = null } is { IsFiltered: false })
        || IsOfFewReferences(connection, tenant, search);

    private static bool IsOfFewReferences(SqliteConnection connection, Tenant tenant, TokenSearch search) =>
        search.ReferencePrefix is { } prefix
        && connection.ExecuteScalar<int>(TokenSearchSql.CountOfPrefix, new
        {
            location = tenant.Location.Value, environment = (int)tenant.Environment, prefix, prefixEnd = TextRange.EndOf(prefix), limit = FewReferences,
        }) < FewReferences;
}
