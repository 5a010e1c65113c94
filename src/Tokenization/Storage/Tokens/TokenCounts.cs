using Dapper;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Tokens;

namespace Dojo.Pci.Tokenization.Storage.Tokens;

internal sealed class TokenCounts(IDatabase database) : ITokenCounts
{
    // The roll-up, minus the tokens that have changed since, plus the current state of the tokens that it does not contain.
    private const string ListSql = $"""
        SELECT hour AS Hour, outcome AS Outcome, SUM(tokens) AS Tokens
          FROM (SELECT hour, outcome, tokens
                  FROM token_counts
                 WHERE account_id = @account AND location_id = @location AND environment = @environment AND hour >= @fromHour
                UNION ALL
                SELECT i.created_at / {TokenIndex.MicrosecondsOfHour} AS hour, i.outcome, -1 AS tokens
                  FROM (SELECT DISTINCT setup_intent_id AS id
                          FROM token_changes
                         WHERE account_id = @account AND location_id = @location AND environment = @environment) AS c
                  CROSS JOIN setup_intents s ON s.id = c.id
                  CROSS JOIN token_index i
                    ON i.location_id = @location AND i.environment = @environment AND i.created_at = s.created_at AND i.setup_intent_id = s.id
                UNION ALL
                SELECT s.created_at / {TokenIndex.MicrosecondsOfHour}, {TokenIndex.OutcomeOf}, 1
                  FROM unindexed_tokens s
                 WHERE account_id = @account AND location_id = @location AND environment = @environment) AS counts
         WHERE hour >= @fromHour
         GROUP BY hour, outcome
        HAVING SUM(tokens) > 0
        """;

    private const string AnySql = """
        SELECT EXISTS (SELECT 1 FROM token_index WHERE account_id = @account AND location_id = @location AND environment = @environment)
            OR EXISTS (SELECT 1 FROM unindexed_tokens WHERE account_id = @account AND location_id = @location AND environment = @environment)
        """;

    public Task<IReadOnlyList<HourlyCount>> ListAsync(Tenant tenant, long fromHour, CancellationToken ct)
    {
        var parameters = new { account = tenant.Account.Value, location = tenant.Location.Value, environment = (int)tenant.Environment, fromHour };
        return database.ReadAsync<IReadOnlyList<HourlyCount>>(
            tenant,
            connection =>
            [
                .. connection.Query<(long Hour, string Outcome, long Tokens)>(ListSql, parameters)
                    .Select(row => new HourlyCount(row.Hour, Enum.Parse<TokenOutcome>(row.Outcome), row.Tokens)),
            ],
            ct);
    }

    public Task<bool> AnyAsync(Tenant tenant, CancellationToken ct)
    {
        var parameters = new { account = tenant.Account.Value, location = tenant.Location.Value, environment = (int)tenant.Environment };
        return database.ReadAsync(tenant, connection => connection.ExecuteScalar<bool>(AnySql, parameters), ct);
    }
}
