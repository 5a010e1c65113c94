using Dapper;
using Dojo.Pci.Tokenization.Tokens;
using Microsoft.Data.Sqlite;

namespace Dojo.Pci.Tokenization.Storage;

/// <summary>
/// The tables that are written behind: whole batches by statements over sets. New tokens are appended, so a batch touches few
/// pages, however many tokens there are.
/// </summary>
internal sealed class TokenIndex(IDatabase database) : ITokenIndex
{
    /// <summary>What came of a token's card, for a row <c>s</c> of <c>setup_intents</c>: the last answer counts.</summary>
    internal const string OutcomeOf = """
        COALESCE(
            (SELECT CASE e.type WHEN 'AuthorizationUnknown' THEN 'Unknown' ELSE e.type END
               FROM setup_intent_events e
              WHERE e.setup_intent_id = s.id
                AND (e.type IN ('Authorized', 'Declined', 'AuthorizationUnknown') OR (e.type = 'CardExpired' AND e.at = s.created_at))
              ORDER BY e.position DESC
              LIMIT 1),
            'Created')
        """;

    internal const string MicrosecondsOfHour = "3600000000";

    private const string IsBehindSql = "SELECT EXISTS (SELECT 1 FROM token_changes)";

    private const string BatchEndSql = """
        SELECT MAX(sequence) AS Last, COUNT(*) AS Changes FROM (SELECT sequence FROM token_changes ORDER BY sequence LIMIT @limit)
        """;

    private const string Indexed = """
        token_index i
         WHERE (i.location_id, i.environment, i.setup_intent_id)
            IN (SELECT location_id, environment, setup_intent_id FROM token_changes WHERE sequence <= @last)
        """;

    private const string AddCounts = """
         GROUP BY 1, 2, 3, 4, 5
        ON CONFLICT (location_id, environment, hour, outcome) DO UPDATE SET tokens = tokens + excluded.tokens
        """;

    // What the batch changes is first taken out of the counts, then counted anew.
    private const string CatchUpSql = $"""
        INSERT INTO token_counts (location_id, environment, hour, outcome, account_id, tokens)
        SELECT i.location_id, i.environment, i.created_at / {MicrosecondsOfHour}, i.outcome, i.account_id, -COUNT(*) FROM {Indexed}
        {AddCounts};

        INSERT INTO token_index (location_id, environment, setup_intent_id, account_id, created_at, status, outcome, card_scheme, card_last_four, reference)
        SELECT s.location_id, s.environment, s.id, s.account_id, s.created_at, s.status, {OutcomeOf}, s.card_scheme, s.card_last_four, s.reference
          FROM setup_intents s
         WHERE s.id IN (SELECT setup_intent_id FROM token_changes WHERE sequence <= @last)
         ORDER BY 1, 2, 3
        ON CONFLICT (location_id, environment, setup_intent_id) DO UPDATE SET status = excluded.status, outcome = excluded.outcome;

        INSERT INTO token_counts (location_id, environment, hour, outcome, account_id, tokens)
        SELECT i.location_id, i.environment, i.created_at / {MicrosecondsOfHour}, i.outcome, i.account_id, COUNT(*) FROM {Indexed}
        {AddCounts};

        DELETE FROM token_changes WHERE sequence <= @last;
        """;

    public Task<bool> IsBehindAsync(CancellationToken ct) => database.ReadAsync(connection => connection.ExecuteScalar<bool>(IsBehindSql), ct);

    public Task<int> CatchUpAsync(int limit) => database.WriteAsync(connection => CatchUp(connection, limit));

    private static int CatchUp(SqliteConnection connection, int limit)
    {
        var (last, changes) = connection.QuerySingle<(long? Last, int Changes)>(BatchEndSql, new { limit });
        if (changes > 0)
        {
            connection.Execute(CatchUpSql, new { last });
        }

        return changes;
    }
}
