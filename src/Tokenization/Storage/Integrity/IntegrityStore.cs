using System.Data.Common;
using System.Text.Json;
using Dapper;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Integrity;
using Dojo.Pci.Tokenization.Storage.SetupIntents;
using Dojo.Pci.Tokenization.Storage.Tokens;

namespace Dojo.Pci.Tokenization.Storage.Integrity;

internal sealed class IntegrityStore(IDatabase database, SealedTokens tokens) : IIntegrityStore
{
    private const string CountCardsSql = "SELECT COUNT(card_record) FROM setup_intents";

    private const string CountSql = """
        SELECT account_id AS Account, location_id AS Location, environment AS Environment, COUNT(*) AS Tokens
          FROM setup_intents
         GROUP BY account_id, location_id, environment
         ORDER BY location_id, environment
        """;

    // Each statement counts rows that no transaction of ours can leave behind.
    private static readonly (string Sql, string What)[] s_halves =
    [
        ("SELECT COUNT(*) FROM setup_intents s WHERE NOT EXISTS (SELECT 1 FROM setup_intent_events e WHERE e.setup_intent_id = s.id AND e.position = 0 AND e.type = 'Created')",
            "tokens have no record of their creation"),
        ("SELECT COUNT(*) FROM setup_intents s WHERE s.status = 'Authorized' AND NOT EXISTS (SELECT 1 FROM setup_intent_events e WHERE e.setup_intent_id = s.id AND e.type = 'Authorized')",
            "authorized tokens have no record of their authorization"),
        ("SELECT COUNT(*) FROM setup_intent_events e WHERE NOT EXISTS (SELECT 1 FROM setup_intents s WHERE s.id = e.setup_intent_id)",
            "events belong to no token"),
        ("SELECT COUNT(*) FROM (SELECT 1 FROM setup_intent_events GROUP BY setup_intent_id HAVING MAX(position) <> COUNT(*) - 1) AS broken",
            "tokens have gaps in their history"),
        ($"SELECT COUNT(*) FROM setup_intents WHERE status IS DISTINCT FROM {SetupIntentEvents.StatusByHistory}",
            "tokens have a status that their history contradicts"),
        ("""
         SELECT COUNT(*)
           FROM payment_intents p
          WHERE p.status IS DISTINCT FROM COALESCE(
                (SELECT CASE WHEN e.type = 'Refunded' AND p.refunded_amount < p.captured_amount THEN 'Captured' ELSE e.type END
                   FROM payment_intent_events e
                  WHERE e.payment_intent_id = p.id AND e.type IN ('Authorized', 'Captured', 'Reversed', 'Refunded', 'Canceled')
                  ORDER BY e.position DESC
                  LIMIT 1), 'Created')
         """,
            "payment intents have a status that their history contradicts"),
        ("""
         SELECT COUNT(*)
           FROM payment_intents p
          WHERE p.captured_amount <> COALESCE((SELECT SUM(e.amount) FROM payment_intent_events e WHERE e.payment_intent_id = p.id AND e.type = 'Captured'), 0)
             OR p.refunded_amount <> COALESCE((SELECT SUM(e.amount) FROM payment_intent_events e WHERE e.payment_intent_id = p.id AND e.type = 'Refunded'), 0)
         """,
            "payment intents have amounts that their history contradicts"),
        ("""
         SELECT COUNT(*)
           FROM payment_settlements s
          WHERE (s.status = 'Successful') <> EXISTS (
                SELECT 1 FROM payment_intent_events e
                 WHERE e.payment_intent_id = s.payment_intent_id AND e.transaction_id = s.transaction_id AND e.type IN ('Captured', 'Reversed', 'Refunded'))
         """,
            "captures, reversals or refunds have an end that the history of their payment intent contradicts"),
        ("SELECT COUNT(*) FROM (SELECT 1 FROM payment_intent_events GROUP BY payment_intent_id HAVING MAX(position) <> COUNT(*) - 1) AS broken",
            "payment intents have gaps in their history"),
        ("SELECT COALESCE(MAX(id), 0) - COUNT(*) FROM audit_entries",
            "entries of the audit trail are missing"),
        ("SELECT COUNT(*) FROM idempotency_keys k WHERE k.answered_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM setup_intents s WHERE s.id = k.setup_intent_id)",
            "idempotency keys were answered with a token that does not exist"),
        ("SELECT COUNT(*) FROM idempotency_keys k WHERE k.answered_at IS NULL AND EXISTS (SELECT 1 FROM setup_intents s WHERE s.id = k.setup_intent_id)",
            "idempotency keys do not record that their token was created"),
        ("""
         SELECT ABS((SELECT COUNT(*) FROM setup_intents)
                    - (SELECT COUNT(*) FROM token_index WHERE setup_intent_id NOT IN (SELECT setup_intent_id FROM token_changes))
                    - (SELECT COUNT(*) FROM unindexed_tokens))
         """,
            "tokens would be listed twice or not at all"),
        ("""
         SELECT COUNT(*)
           FROM token_index i JOIN setup_intents s ON s.id = i.setup_intent_id
          WHERE i.setup_intent_id NOT IN (SELECT setup_intent_id FROM token_changes)
            AND (i.status <> s.status OR i.due_at IS DISTINCT FROM s.due_at OR i.folded_reference <> fold(s.reference))
         """,
            "tokens differ from their entries in the index"),
        (TokenSchemes.CountHidden, "tokens would not be found by their scheme or their last four digits"),
        (CardIndex.CountFaults, "tokens would not be grouped with those of their card, or would be grouped with those of another"),
        (CardIndex.CountFalseDuplicates, "cards are wrongly listed as duplicates, or wrongly not listed"),
    ];

    public Task<IReadOnlyList<string>> FindFaultsAsync(CancellationToken ct) => database.ScanAsync(TenantScope.Service, FindFaults, ct);

    public Task<IReadOnlyList<TokensOfTenant>> CountTokensAsync(CancellationToken ct) => database.ScanAsync<IReadOnlyList<TokensOfTenant>>(
        TenantScope.Service,
        connection =>
        [
            .. connection.Query<(long Account, long Location, int Environment, long Tokens)>(CountSql).Select(row => new TokensOfTenant(
                new Tenant(new AccountId(row.Account), new LocationId(row.Location), (TenantEnvironment)row.Environment), row.Tokens)),
        ],
        ct);

    public bool WasDisturbed => database.WasDisturbed;

    public Task<long> CountCardsAsync(CancellationToken ct) => database.ScanAsync(TenantScope.Service, connection => connection.ExecuteScalar<long>(CountCardsSql), ct);

    public Task<IReadOnlyList<StoredToken>> ListTokensAsync(long after, int limit, CancellationToken ct) => database.ScanAsync<IReadOnlyList<StoredToken>>(
        TenantScope.Service, connection => [.. SealedTokens.List(connection, after, limit).Select(ToStoredToken)], ct);

    private StoredToken ToStoredToken(SealedRow row)
    {
        var isGenuine = tokens.IsGenuine(row);
        try
        {
            return new StoredToken(row.Row.Id, row.Row.Tenant.Environment, row.Row.ToDomain(), isGenuine);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or FormatException or OverflowException or JsonException)
        {
            return new StoredToken(row.Row.Id, row.Row.Tenant.Environment, Intent: null, isGenuine);
        }
    }

    private IReadOnlyList<string> FindFaults(DbConnection connection)
    {
        var faults = database.FindFaults(connection).ToList();
        foreach (var (sql, what) in s_halves)
        {
            if (connection.ExecuteScalar<long>(sql) is var rows and > 0)
            {
                faults.Add($"{rows} {what}.");
            }
        }

        if (TokenSegments.CountHidden(connection) is var hidden and > 0)
        {
            faults.Add($"{hidden} tokens would not be found by a part of their reference.");
        }

        return faults;
    }
}
