using Dapper;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.RequestExplorer;
using Dojo.Pci.Tokenization.RequestLogs;
using Dojo.Pci.Tokenization.Storage.RequestLogs;

namespace Dojo.Pci.Tokenization.Storage.RequestExplorer;

internal sealed class RequestSearchStore(IDatabase database) : IRequestSearchStore
{
    private const int MostLookedAt = 1000;

    private const string Tenancy = "account_id = @account AND location_id = @location AND environment = @environment";

    private static readonly string s_loadSql = $"SELECT {RequestLogRow.Listed.Selected} FROM request_logs WHERE id IN @ids ORDER BY at DESC, id DESC";

    private static readonly string s_loadWholeSql = $"SELECT {RequestLogRow.Columns.Selected} FROM request_logs WHERE id IN @ids AND {Tenancy} ORDER BY at DESC, id DESC";

    private static readonly string s_findSql = $"SELECT {RequestLogRow.Columns.Selected} FROM request_logs WHERE id = @id AND {Tenancy}";

    private const string KindsSql = $"SELECT api_key_id AS Key, method AS Method, route AS Route, status AS Status, version AS Version, refusal AS Refusal FROM request_kinds WHERE {Tenancy}";

    private const string NamesSql = $"SELECT id AS Id, name AS Name, last_four AS LastFour FROM api_keys WHERE id IN @keys AND {Tenancy}";

    public Task<IReadOnlyList<RequestLogEntry>> SearchAsync(Tenant tenant, RequestSearch search, RequestCursor? after, int limit, CancellationToken ct) =>
        database.ScanAsync<IReadOnlyList<RequestLogEntry>>(
            tenant,
            connection =>
            {
                using var snapshot = connection.BeginSnapshot();
                var conditions = new RequestConditions(tenant, search);
                var span = RequestSpan.Of(search, after);
                var ids = conditions.NeedsRows
                    ? [.. RequestsBySegment.Find(connection, conditions, span, search.Slower ?? default, limit).Select(row => row.Id)]
                    : RequestsByKind.Find(connection, conditions, span, limit);
                return [.. connection.Query<RequestLogRow>(s_loadSql, new { ids }).Select(row => row.ToDomain())];
            },
            ct);

    public Task<RequestLogEntry?> FindLaterAsync(Tenant tenant, RequestSearch search, RequestCursor before, CancellationToken ct) =>
        database.ScanAsync(
            tenant,
            connection =>
            {
                using var snapshot = connection.BeginSnapshot();
                var conditions = new RequestConditions(tenant, search);
                var (at, until) = (UnixTime.Of(before.At), UnixTime.Of(search.Until) ?? long.MaxValue);
                long? later;
                if (conditions.NeedsRows)
                {
                    var newer = RequestsBySegment.Find(connection, conditions, new RequestSpan(at, until, long.MinValue), search.Slower ?? default, MostLookedAt);
                    later = newer.Count == MostLookedAt ? null : newer.LastOrDefault(row => (row.At, row.Id).CompareTo((at, before.Id)) > 0)?.Id;
                }
                else
                {
                    later = RequestsByKind.FindLater(connection, conditions, at, before.Id, until);
                }

                return later is { } id ? connection.QuerySingleOrDefault<RequestLogRow>(s_findSql, TenantParameters.Of(tenant, new { id }))?.ToDomain() : null;
            },
            ct);

    public Task<RequestHistogram> CountAsync(Tenant tenant, RequestSearch search, TimeSpan width, int limit, CancellationToken ct) =>
        database.ScanAsync(
            tenant,
            connection =>
            {
                using var snapshot = connection.BeginSnapshot();
                var conditions = new RequestConditions(tenant, search);
                var tally = new RequestTally(UnixTime.Of(search.From!.Value), UnixTime.Of(search.Until!.Value), width.Ticks / TimeSpan.TicksPerMicrosecond);
                if (!conditions.NeedsRows)
                {
                    RequestsByKind.Count(connection, conditions, tally);
                    return tally.ToHistogram(isCapped: false);
                }

                var found = RequestsBySegment.Find(connection, conditions, RequestSpan.Of(search, after: null), search.Slower ?? default, limit + 1);
                foreach (var row in found.Take(limit))
                {
                    tally.Add(tally.BarOf(row.At), row.Status, 1);
                }

                return tally.ToHistogram(isCapped: found.Count > limit);
            },
            ct);

    public Task<RequestLogEntry?> FindAsync(Tenant tenant, long id, CancellationToken ct) => database.ReadAsync(
        tenant,
        connection => connection.QuerySingleOrDefault<RequestLogRow>(s_findSql, TenantParameters.Of(tenant, new { id }))?.ToDomain(), ct);

    public Task<IReadOnlyList<RequestLogEntry>> LoadAsync(Tenant tenant, IReadOnlyCollection<long> ids, CancellationToken ct) => database.ScanAsync<IReadOnlyList<RequestLogEntry>>(
        tenant, connection => [.. connection.Query<RequestLogRow>(s_loadWholeSql, TenantParameters.Of(tenant, new { ids })).Select(row => row.ToDomain())], ct);

    public Task<IReadOnlyList<RequestKind>> ListKindsAsync(Tenant tenant, CancellationToken ct) => database.ReadAsync<IReadOnlyList<RequestKind>>(
        tenant,
        connection => [.. connection.Query<KindRow>(KindsSql, TenantParameters.Of(tenant)).Select(row => row.ToDomain())], ct);

    public Task<IReadOnlyDictionary<ApiKeyId, KeyLabel>> NameAsync(Tenant tenant, IReadOnlyCollection<ApiKeyId> keys, CancellationToken ct) =>
        database.ReadAsync<IReadOnlyDictionary<ApiKeyId, KeyLabel>>(
            tenant,
            connection => connection.Query<(long Id, string Name, string LastFour)>(NamesSql, TenantParameters.Of(tenant, new { keys = keys.Select(key => key.Value) }))
                .ToDictionary(row => new ApiKeyId(row.Id), row => new KeyLabel(new ApiKeyId(row.Id), row.Name, row.LastFour)),
            ct);

    private sealed record KindRow
    {
        public required long Key { get; init; }

        public required string Method { get; init; }

        public required string Route { get; init; }

        public required int Status { get; init; }

        public required string Version { get; init; }

        public required string Refusal { get; init; }

        public RequestKind ToDomain() => new(
            Key == 0 ? null : new ApiKeyId(Key), Method, Route, Status, Version.Length == 0 ? null : Version, Refusal.Length == 0 ? null : Refusal);
    }
}
