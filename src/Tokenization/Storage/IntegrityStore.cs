using Dapper;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Integrity;
using Microsoft.Data.Sqlite;

namespace Dojo.Pci.Tokenization.Storage;

internal sealed class IntegrityStore(IDatabase database) : IIntegrityStore
{
    private const string FileSql = "PRAGMA integrity_check";

    private const string ForeignKeysSql = "SELECT COUNT(*) FROM pragma_foreign_key_check()";

    private const string Intact = "ok";

    private const string CountSql = """
        SELECT account_id AS Account, location_id AS Location, environment AS Environment, COUNT(*) AS Tokens
          FROM setup_intents
         GROUP BY account_id, location_id, environment
         ORDER BY location_id, environment
        """;

    // Each counts rows that no transaction of ours can leave behind.
    private static readonly (string Sql, string What)[] s_halves =
    [
        ("SELECT COUNT(*) FROM setup_intents s WHERE NOT EXISTS (SELECT 1 FROM setup_intent_events e WHERE e.setup_intent_id = s.id AND e.position = 0 AND e.type = 'Created')",
            "tokens have no record of their creation"),
        ("SELECT COUNT(*) FROM setup_intents s WHERE s.status = 'Authorized' AND NOT EXISTS (SELECT 1 FROM setup_intent_events e WHERE e.setup_intent_id = s.id AND e.type = 'Authorized')",
            "authorized tokens have no record of their authorization"),
        ("SELECT COUNT(*) FROM setup_intent_events e WHERE NOT EXISTS (SELECT 1 FROM setup_intents s WHERE s.id = e.setup_intent_id)",
            "events are of no token"),
        ("SELECT COUNT(*) FROM (SELECT 1 FROM setup_intent_events GROUP BY setup_intent_id HAVING MAX(position) <> COUNT(*) - 1)",
            "tokens have gaps in their history"),
        ("SELECT COUNT(*) FROM idempotency_keys k WHERE k.answered_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM setup_intents s WHERE s.id = k.setup_intent_id)",
            "idempotency keys were answered with a token that is not there"),
        ("SELECT COUNT(*) FROM idempotency_keys k WHERE k.answered_at IS NULL AND EXISTS (SELECT 1 FROM setup_intents s WHERE s.id = k.setup_intent_id)",
            "idempotency keys do not know that their token was made"),
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
            AND (i.status <> s.status OR i.due_at IS NOT s.due_at OR i.reference <> s.reference)
         """,
            "tokens are in the index other than they are"),
        (TokenSchemes.CountHidden, "tokens would not be found by their scheme or their last four digits"),
    ];

    public Task<IReadOnlyList<string>> FindFaultsAsync(CancellationToken ct) => database.ScanAsync(FindFaults, ct);

    public Task<IReadOnlyList<TokensOfTenant>> CountTokensAsync(CancellationToken ct) => database.ScanAsync<IReadOnlyList<TokensOfTenant>>(
        connection =>
        [
            .. connection.Query<(long Account, long Location, int Environment, long Tokens)>(CountSql).Select(row => new TokensOfTenant(
                new Tenant(new AccountId(row.Account), new LocationId(row.Location), (TenantEnvironment)row.Environment), row.Tokens)),
        ],
        ct);

    private static IReadOnlyList<string> FindFaults(SqliteConnection connection)
    {
        var faults = connection.Query<string>(FileSql).Where(line => line != Intact).Select(line => $"The database is damaged: {line}").ToList();
        if (connection.ExecuteScalar<long>(ForeignKeysSql) is var strays and > 0)
        {
            faults.Add($"{strays} rows refer to rows that are not there.");
        }

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
