using System.Net;
using Dapper;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;

namespace Dojo.Pci.Tokenization.Storage.ApiKeys;

/// <summary>Reads the counts that <see cref="ApiKeyUsageRollUp"/> writes. Each query reads a range of a key's rows.</summary>
internal sealed class ApiKeyUsageStore(IDatabase database) : IApiKeyUsageStore
{
    private const string KeysOfTenantSql = "k.account_id = @account AND k.location_id = @location AND k.environment = @environment";

    // Usage rows are ordered by key, so the join starts with the keys.
    internal const string HoursSql = $"""
        SELECT u.api_key_id AS ApiKeyId, u.hour AS Hour, SUM(u.requests) AS Requests, SUM(CASE WHEN u.status >= 400 THEN u.requests ELSE 0 END) AS Failed
          FROM api_keys k
         CROSS JOIN api_key_usage u ON u.api_key_id = k.id AND u.hour >= @from
         WHERE {KeysOfTenantSql} AND (k.id = @key OR @key IS NULL)
         GROUP BY u.api_key_id, u.hour
        """;

    internal const string KindsSql = $"""
        SELECT u.method AS Method, u.route AS Route, u.client_address AS Address, u.status AS Status, SUM(u.requests) AS Requests, MAX(u.hour) AS LastHour
          FROM api_keys k
         CROSS JOIN api_key_usage u ON u.api_key_id = k.id AND u.hour >= @from
         WHERE {KeysOfTenantSql} AND k.id = @key
         GROUP BY u.method, u.route, u.client_address, u.status
        """;

    internal const string MinutesSql = $"""
        SELECT u.api_key_id AS ApiKeyId, u.minute AS Minute, u.client_address AS Address, u.requests AS Requests
          FROM api_keys k
         CROSS JOIN api_key_minutes u ON u.api_key_id = k.id AND u.minute >= @from
         WHERE {KeysOfTenantSql} AND k.id IN (@first, @second)
        """;

    internal const string NewestSql = """
        SELECT at AS At, method AS Method, route AS Route, client_address AS Address
          FROM request_logs INDEXED BY ix_request_logs_key
         WHERE api_key_id = @key AND at >= @from AND at < @until
           AND account_id = @account AND location_id = @location AND environment = @environment
           AND method = @method AND route = @route AND status = @status AND COALESCE(client_address, '') = @address
         ORDER BY at DESC
         LIMIT @most
        """;

    public async Task<ILookup<ApiKeyId, CountedHour>> HoursAsync(Tenant tenant, ApiKeyId? key, DateTimeOffset from, CancellationToken ct)
    {
        var rows = await database.ScanAsync(tenant, connection => connection.Query<HourRow>(HoursSql, Parameters(tenant, ApiKeyUsageRollUp.HourOf(from), key)).AsList(), ct);
        return rows.ToLookup(row => new ApiKeyId(row.ApiKeyId), row => new CountedHour(DateTimeOffset.UnixEpoch.AddHours(row.Hour), row.Requests, row.Failed));
    }

    public async Task<IReadOnlyList<CountedRequests>> KindsAsync(Tenant tenant, ApiKeyId key, DateTimeOffset from, CancellationToken ct)
    {
        var rows = await database.ScanAsync(tenant, connection => connection.Query<KindRow>(KindsSql, Parameters(tenant, ApiKeyUsageRollUp.HourOf(from), key)).AsList(), ct);
        return [.. rows.Select(row => new CountedRequests(
            row.Method, row.Route, AddressOf(row.Address), row.Status, row.Requests, DateTimeOffset.UnixEpoch.AddHours(row.LastHour)))];
    }

    public async Task<IReadOnlyList<CountedMinute>> MinutesAsync(Tenant tenant, ApiKeyId first, ApiKeyId second, DateTimeOffset from, CancellationToken ct)
    {
        var parameters = Parameters(tenant, ApiKeyUsageRollUp.MinuteOf(from));
        parameters.AddDynamicParams(new { first = first.Value, second = second.Value });
        var rows = await database.ReadAsync(tenant, connection => connection.Query<MinuteRow>(MinutesSql, parameters).AsList(), ct);
        return [.. rows.Select(row => new CountedMinute(new ApiKeyId(row.ApiKeyId), DateTimeOffset.UnixEpoch.AddMinutes(row.Minute), AddressOf(row.Address), row.Requests))];
    }

    public Task<IReadOnlyList<RefusedExample>> NewestAsync(Tenant tenant, ApiKeyId key, IReadOnlyList<CountedRequests> kinds, int mostOfEach, CancellationToken ct) =>
        database.ScanAsync<IReadOnlyList<RefusedExample>>(
            tenant,
            connection => [.. kinds.SelectMany(kind =>
            {
                var parameters = Parameters(tenant, UnixTime.Of(kind.LastHour), key);
                parameters.AddDynamicParams(new
                {
                    until = UnixTime.Of(kind.LastHour.AddHours(1)),
                    method = kind.Method,
                    route = kind.Route,
                    status = kind.Status,
                    address = kind.Address?.ToString() ?? "",
                    most = mostOfEach,
                });
                return connection.Query<ExampleRow>(NewestSql, parameters).Select(row => new RefusedExample(UnixTime.ToInstant(row.At), row.Method, row.Route, AddressOf(row.Address)));
            })],
            ct);

    private static DynamicParameters Parameters(Tenant tenant, long from, ApiKeyId? key = null) =>
        TenantParameters.Of(tenant, new { from, key = key?.Value });

    private static IPAddress? AddressOf(string? stored) => string.IsNullOrEmpty(stored) ? null : IPAddress.Parse(stored);

    private sealed record HourRow
    {
        public required long ApiKeyId { get; init; }

        public required long Hour { get; init; }

        public required long Requests { get; init; }

        public required long Failed { get; init; }
    }

    private sealed record KindRow
    {
        public required string Method { get; init; }

        public required string Route { get; init; }

        public required string Address { get; init; }

        public required int Status { get; init; }

        public required long Requests { get; init; }

        public required long LastHour { get; init; }
    }

    private sealed record MinuteRow
    {
        public required long ApiKeyId { get; init; }

        public required long Minute { get; init; }

        public required string Address { get; init; }

        public required long Requests { get; init; }
    }

    private sealed record ExampleRow
    {
        public required long At { get; init; }

        public required string Method { get; init; }

        public required string Route { get; init; }

        public string? Address { get; init; }
    }
}
