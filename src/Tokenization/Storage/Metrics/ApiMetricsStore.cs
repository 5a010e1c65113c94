using Dapper;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Metrics;

namespace Dojo.Pci.Tokenization.Storage.Metrics;

internal sealed class ApiMetricsStore(IDatabase database) : IApiMetricsStore
{
    private const string ExistsSql = "SELECT EXISTS (SELECT 1 FROM locations WHERE account_id = @account AND id = @location)";

    // Hour by hour, so that the query does not scan the figures of other tenants.
    private const string ReadSql = """
        WITH RECURSIVE hours (hour) AS (SELECT @firstHour UNION ALL SELECT hour + 1 FROM hours WHERE hour < @lastHour)
        SELECT f.hour AS Hour, f.status_class AS StatusClass, f.bucket AS Bucket, f.requests AS Requests
          FROM hours CROSS JOIN api_figures f ON f.hour = hours.hour
         WHERE f.account_id = @account AND f.location_id = @location AND f.environment = @environment
        """;

    private const string FirstStepsSql = """
        SELECT EXISTS (SELECT 1 FROM api_keys WHERE account_id = @account AND location_id = @location AND environment = @environment) AS HasKey,
               EXISTS (SELECT 1 FROM token_index WHERE account_id = @account AND location_id = @location AND environment = @environment)
            OR EXISTS (SELECT 1 FROM unindexed_tokens WHERE account_id = @account AND location_id = @location AND environment = @environment) AS HasToken,
               EXISTS (SELECT 1
                         FROM webhook_subscriptions w
                         JOIN webhook_deliveries d ON d.subscription_id = w.id
                        WHERE w.account_id = @account AND w.location_id = @location AND w.environment = @environment AND d.delivered_at IS NOT NULL) AS HasWebhook
        """;

    private const string ExpiringKeysSql = """
        SELECT id AS Id, name AS Name, last_four AS LastFour, expires_at AS ExpiresAt
          FROM api_keys
         WHERE account_id = @account AND location_id = @location AND environment = @environment
           AND revoked_at IS NULL AND (retires_at IS NULL OR retires_at > @now)
           AND expires_at > @now AND expires_at <= @before
         ORDER BY expires_at, id
        """;

    private const string DeleteOldestSql = """
        DELETE FROM api_figures
         WHERE (hour, account_id, location_id, environment, status_class, bucket) IN (
               SELECT hour, account_id, location_id, environment, status_class, bucket
                 FROM api_figures WHERE hour < @beforeHour ORDER BY hour LIMIT @batchSize)
        """;

    public Task<bool> ExistsAsync(Tenant tenant, CancellationToken ct) =>
        database.ReadAsync(tenant, connection => connection.ExecuteScalar<bool>(ExistsSql, new { account = tenant.Account.Value, location = tenant.Location.Value }), ct);

    public Task<IReadOnlyList<ApiCount>> ReadAsync(Tenant tenant, long firstHour, long lastHour, CancellationToken ct)
    {
        var parameters = new { firstHour, lastHour, account = tenant.Account.Value, location = tenant.Location.Value, environment = (int)tenant.Environment };
        return database.ScanAsync<IReadOnlyList<ApiCount>>(
            tenant,
            connection => [.. connection.Query<CountRow>(ReadSql, parameters).Select(row => new ApiCount(row.Hour, row.StatusClass, row.Bucket, row.Requests))], ct);
    }

    public Task<FirstSteps> ReadFirstStepsAsync(Tenant tenant, CancellationToken ct)
    {
        var parameters = new { account = tenant.Account.Value, location = tenant.Location.Value, environment = (int)tenant.Environment };
        return database.ReadAsync(
            tenant,
            connection =>
            {
                var row = connection.QuerySingle<StepsRow>(FirstStepsSql, parameters);
                return new FirstSteps(row.HasKey, row.HasToken, row.HasWebhook);
            },
            ct);
    }

    public Task<IReadOnlyList<ExpiringKey>> ListExpiringKeysAsync(Tenant tenant, DateTimeOffset now, DateTimeOffset before, CancellationToken ct)
    {
        var parameters = new
        {
            account = tenant.Account.Value,
            location = tenant.Location.Value,
            environment = (int)tenant.Environment,
            now = UnixTime.Of(now),
            before = UnixTime.Of(before),
        };
        return database.ReadAsync<IReadOnlyList<ExpiringKey>>(
            tenant,
            connection => [.. connection.Query<KeyRow>(ExpiringKeysSql, parameters)
                .Select(row => new ExpiringKey(new ApiKeyId(row.Id), row.Name, row.LastFour, UnixTime.ToInstant(row.ExpiresAt)))],
            ct);
    }

    public Task<int> DeleteOldestAsync(long beforeHour, int batchSize) =>
        database.WriteAsync(TenantScope.Service, connection => connection.Execute(DeleteOldestSql, new { beforeHour, batchSize }));

    private sealed record CountRow
    {
        public required long Hour { get; init; }

        public required int StatusClass { get; init; }

        public required int Bucket { get; init; }

        public required long Requests { get; init; }
    }

    private sealed record StepsRow
    {
        public required bool HasKey { get; init; }

        public required bool HasToken { get; init; }

        public required bool HasWebhook { get; init; }
    }

    private sealed record KeyRow
    {
        public required long Id { get; init; }

        public required string Name { get; init; }

        public required string LastFour { get; init; }

        public required long ExpiresAt { get; init; }
    }
}
