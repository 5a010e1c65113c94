using System.Data.Common;
using Dapper;
using Dojo.Pci.Tokenization.RequestLogs;
using Dojo.Pci.Tokenization.Storage.ApiKeys;
using Dojo.Pci.Tokenization.Storage.Metrics;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Tokenization.Storage.RequestLogs;

internal sealed class RequestLogStore(IDatabase database, IOptions<StorageOptions> options) : IRequestLogStore
{
    private static readonly ColumnList s_columns = ColumnList.OfEnum<Column>();

    private static readonly string s_insertSql = $"INSERT INTO request_logs ({s_columns.Names}) VALUES ({s_columns.Places})";

    private const string KeepDaysSql = "SELECT request_logs_keep_days(@today, @before)";

    // Ids grow with time, so the oldest rows come first and no index on the time is needed.
    private const string DeleteOldestSql = """
        DELETE FROM request_logs
         WHERE id IN (SELECT id FROM request_logs ORDER BY id LIMIT @batchSize) AND at < @before
        """;

    /// <summary>The columns written for an entry. The database assigns the id in the order of writing.</summary>
    private enum Column
    {
        AccountId,
        LocationId,
        Environment,
        ApiKeyId,
        At,
        Duration,
        Method,
        Route,
        Status,
        Version,
        TraceId,
        ClientAddress,
        Refusal,
        Body,
        KindId,
        Problem,
        TokenId,
        PaymentId,
    }

    public Task InsertAsync(IReadOnlyList<RequestLogEntry> entries)
    {
        // Counted here rather than on the writer's thread, which all writes wait for.
        var counts = ApiKeyUsageRollUp.Of(entries);
        var figures = ApiMetricsRollUp.Of(entries);
        return database.WriteAsync(TenantScope.Service, connection =>
        {
            counts.Add(connection);
            figures.Add(connection);
            return Insert(connection, entries);
        });
    }

    public async Task<int> IndexAsync(int mostSegments)
    {
        var segments = await database.ReadAsync(TenantScope.Service, connection => RequestLogSegments.ReadNext(connection, mostSegments), CancellationToken.None);
        return segments.Count == 0 ? 0 : await database.WriteAsync(TenantScope.Service, connection => RequestLogSegments.Add(connection, segments));
    }

    // SQLite keeps all rows in one table: deleting them costs no more than dropping pages that other rows share.
    public Task KeepDaysAsync(DateTimeOffset today, DateTimeOffset before) => options.Value.Provider == StorageProvider.Postgres
        ? database.WriteAsync(
            TenantScope.Service, connection => connection.ExecuteScalar<long>(KeepDaysSql, new { today = UnixTime.Of(today), before = UnixTime.Of(before) }))
        : Task.CompletedTask;

    public Task<int> DeleteOldestAsync(DateTimeOffset before, int batchSize) => database.WriteAsync(TenantScope.Service, connection =>
    {
        var deleted = connection.Execute(DeleteOldestSql, new { before = UnixTime.Of(before), batchSize });
        if (deleted < batchSize)
        {
            RequestLogSegments.DeleteUnused(connection);
            RequestKinds.DeleteUnused(connection);
        }

        return deleted;
    });

    public Task<int> DeleteCountsAsync(DateTimeOffset before, DateTimeOffset minutesBefore, int batchSize) =>
        database.WriteAsync(TenantScope.Service, connection => ApiKeyUsageRollUp.Delete(connection, before, minutesBefore, batchSize));

    private static int Insert(DbConnection connection, IReadOnlyList<RequestLogEntry> entries)
    {
        var kinds = new RequestKinds();
        var insert = connection.Prepared(s_insertSql);
        foreach (var entry in entries)
        {
            var tenant = entry.Tenant ?? throw new InvalidOperationException("A request of nobody is not stored.");
            var kind = kinds.IdOf(connection, entry);
            insert
                .Bind(Column.AccountId, tenant.Account.Value)
                .Bind(Column.LocationId, tenant.Location.Value)
                .Bind(Column.Environment, (int)tenant.Environment)
                .Bind(Column.ApiKeyId, entry.Key?.Value)
                .Bind(Column.At, UnixTime.Of(entry.At))
                .Bind(Column.Duration, entry.Duration.Ticks / TimeSpan.TicksPerMicrosecond)
                .Bind(Column.Method, entry.Method)
                .Bind(Column.Route, entry.Route)
                .Bind(Column.Status, entry.Status)
                .Bind(Column.Version, entry.Version)
                .Bind(Column.TraceId, entry.TraceId)
                .Bind(Column.ClientAddress, entry.ClientAddress?.ToString())
                .Bind(Column.Refusal, entry.Refusal)
                .BindUtf8(Column.Body, entry.Body?.Utf8)
                .Bind(Column.KindId, kind)
                .Bind(Column.Problem, entry.Problem?.ToJson())
                .Bind(Column.TokenId, entry.TokenId)
                .Bind(Column.PaymentId, entry.PaymentId)
                .ExecuteLater();
        }

        return entries.Count;
    }
}
