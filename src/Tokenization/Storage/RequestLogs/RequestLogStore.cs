using System.Net;
using Dapper;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.RequestLogs;
using Dojo.Pci.Tokenization.Storage.ApiKeys;
using Dojo.Pci.Tokenization.Storage.Metrics;
using Dojo.Pci.Tokenization.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Dojo.Pci.Tokenization.Storage.RequestLogs;

internal sealed class RequestLogStore(IDatabase database) : IRequestLogStore
{
    private const string InsertSql = """
        INSERT INTO request_logs (
            account_id, location_id, environment, api_key_id, at, duration, method, route, status, version, trace_id,
            client_address, refusal, body)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
        """;

    // The 32 digits of a W3C trace id start at its fourth character.
    private const string ListSql = """
        SELECT id AS Id, account_id AS AccountId, location_id AS LocationId, environment AS Environment, api_key_id AS ApiKeyId,
               at AS At, duration AS Duration, method AS Method, route AS Route, status AS Status, version AS Version,
               trace_id AS TraceId, client_address AS ClientAddress, refusal AS Refusal, body AS Body
          FROM request_logs
         WHERE account_id = @account AND location_id = @location AND environment = @environment
           AND id < @before
           AND (@statusClass IS NULL OR status / 100 = @statusClass)
           AND (@method IS NULL OR method = @method)
           AND (@route IS NULL OR route = @route)
           AND (@key IS NULL OR api_key_id = @key)
           AND (@from IS NULL OR at >= @from)
           AND (@until IS NULL OR at < @until)
           AND (@traceId IS NULL OR trace_id = @traceId OR substr(trace_id, 4, 32) = @traceId)
         ORDER BY id DESC
         LIMIT @pageSize
        """;

    // Ids grow with time, so the oldest are in front and no index on the time is needed.
    private const string DeleteOldestSql = """
        DELETE FROM request_logs
         WHERE id IN (SELECT id FROM request_logs ORDER BY id LIMIT @batchSize) AND at < @before
        """;

    public Task InsertAsync(IReadOnlyList<RequestLogEntry> entries)
    {
        // Counted here, not on the one thread that all writes wait for.
        var counts = ApiKeyUsageRollUp.Of(entries);
        var figures = ApiMetricsRollUp.Of(entries);
        return database.WriteAsync(connection =>
        {
            counts.Add(connection);
            figures.Add(connection);
            return Insert(connection, entries);
        });
    }

    public Task<IReadOnlyList<RequestLogEntry>> ListAsync(Tenant tenant, RequestLogFilter filter, CancellationToken ct)
    {
        var parameters = new
        {
            account = tenant.Account.Value,
            location = tenant.Location.Value,
            environment = (int)tenant.Environment,
            before = filter.Before ?? long.MaxValue,
            statusClass = filter.StatusClass,
            method = filter.Method,
            route = filter.Route,
            key = filter.Key?.Value,
            from = filter.From is { } from ? UnixTime.Of(from) : (long?)null,
            until = filter.Until is { } until ? UnixTime.Of(until) : (long?)null,
            traceId = filter.TraceId,
            pageSize = Math.Clamp(filter.PageSize, 1, RequestLogFilter.LargestPage),
        };
        return database.ScanAsync<IReadOnlyList<RequestLogEntry>>(
            tenant.Account,
            connection => [.. connection.Query<RequestLogRow>(ListSql, parameters).Select(row => row.ToDomain())], ct);
    }

    public Task<int> DeleteOldestAsync(DateTimeOffset before, int batchSize) =>
        database.WriteAsync(connection => connection.Execute(DeleteOldestSql, new { before = UnixTime.Of(before), batchSize }));

    public Task<int> DeleteCountsAsync(DateTimeOffset before, DateTimeOffset minutesBefore, int batchSize) =>
        database.WriteAsync(connection => ApiKeyUsageRollUp.Delete(connection, before, minutesBefore, batchSize));

    private static int Insert(SqliteConnection connection, IReadOnlyList<RequestLogEntry> entries)
    {
        var insert = connection.Prepared(InsertSql);
        foreach (var entry in entries)
        {
            var tenant = entry.Tenant ?? throw new InvalidOperationException("A request of nobody is not stored.");
            insert
                .Bind(1, tenant.Account.Value)
                .Bind(2, tenant.Location.Value)
                .Bind(3, (int)tenant.Environment)
                .Bind(4, entry.Key?.Value)
                .Bind(5, UnixTime.Of(entry.At))
                .Bind(6, entry.Duration.Ticks / TimeSpan.TicksPerMicrosecond)
                .Bind(7, entry.Method)
                .Bind(8, entry.Route)
                .Bind(9, entry.Status)
                .Bind(10, entry.Version)
                .Bind(11, entry.TraceId)
                .Bind(12, entry.ClientAddress?.ToString())
                .Bind(13, entry.Refusal)
                .BindUtf8(14, entry.Body?.Utf8)
                .Execute();
        }

        return entries.Count;
    }

    private sealed record RequestLogRow
    {
        public long Id { get; init; }

        public required long AccountId { get; init; }

        public required long LocationId { get; init; }

        public required int Environment { get; init; }

        public long? ApiKeyId { get; init; }

        public required long At { get; init; }

        public required long Duration { get; init; }

        public required string Method { get; init; }

        public required string Route { get; init; }

        public required int Status { get; init; }

        public string? Version { get; init; }

        public required string TraceId { get; init; }

        public string? ClientAddress { get; init; }

        public string? Refusal { get; init; }

        public string? Body { get; init; }

        public RequestLogEntry ToDomain() => new()
        {
            Id = Id,
            Tenant = new Tenant(new AccountId(AccountId), new LocationId(LocationId), (TenantEnvironment)Environment),
            Key = ApiKeyId is { } key ? new ApiKeyId(key) : null,
            At = UnixTime.ToInstant(At),
            Method = Method,
            Route = Route,
            Status = Status,
            Duration = TimeSpan.FromMicroseconds(Duration),
            Version = Version,
            TraceId = TraceId,
            ClientAddress = ClientAddress is null ? null : IPAddress.Parse(ClientAddress),
            Refusal = Refusal,
            Body = Body is null ? null : RequestLogBody.Load(Body),
        };
    }
}
