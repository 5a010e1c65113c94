using System.Data.Common;
using Dapper;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.RequestExplorer;

namespace Dojo.Pci.Tokenization.Storage.RequestExplorer;

internal sealed class RequestInsightStore(IDatabase database) : IRequestInsightStore
{
    private const string Tenancy = "account_id = @account AND location_id = @location AND environment = @environment";
    private const string KindsSql = $"SELECT id AS Id, api_key_id AS Key, method AS Method, route AS Route, status AS Status, refusal AS Refusal FROM request_kinds WHERE {Tenancy}";
    private const string OfKind = "FROM request_logs INDEXED BY ix_request_logs_kind WHERE kind_id = ?1";
    private const string FirstSql = $"SELECT at {OfKind} ORDER BY at LIMIT 1";
    private const string LastSql = $"SELECT at, id {OfKind} AND at >= ?2 AND at < ?3 ORDER BY at DESC, id DESC LIMIT 1";
    private const string CountSql = $"SELECT COUNT(*) {OfKind} AND at >= ?2 AND at < ?3";
    private const string DurationsSql = $"SELECT duration {OfKind} AND at >= ?2";

    private const string MarksSql = $"SELECT status AS Status, refusal AS Refusal, api_key_id AS Key, seen_at AS SeenAt FROM request_error_marks WHERE {Tenancy}";

    private const string MarkSql = """
        INSERT INTO request_error_marks (account_id, location_id, environment, status, refusal, api_key_id, seen_at, seen_by)
        VALUES (@account, @location, @environment, @status, @refusal, @key, @at, @actor)
            ON CONFLICT (location_id, environment, account_id, status, refusal, api_key_id) DO UPDATE SET seen_at = excluded.seen_at, seen_by = excluded.seen_by
        """;

    public Task<IReadOnlyList<CountedErrors>> ListErrorsAsync(Tenant tenant, DateTimeOffset from, DateTimeOffset until, int parts, CancellationToken ct) =>
        database.ScanAsync<IReadOnlyList<CountedErrors>>(
            tenant,
            connection =>
            {
                using var snapshot = connection.BeginSnapshot();
                var (first, last) = (UnixTime.Of(from), UnixTime.Of(until));
                return [.. KindsOf(connection, tenant, "AND status >= 400").Select(kind => Count(connection, kind, first, last, parts)).OfType<CountedErrors>()];
            },
            ct);

    public Task<IReadOnlyDictionary<RequestErrorCause, DateTimeOffset>> ListMarksAsync(Tenant tenant, CancellationToken ct) =>
        database.ReadAsync<IReadOnlyDictionary<RequestErrorCause, DateTimeOffset>>(
            tenant,
            connection => connection.Query<(int Status, string Refusal, long Key, long SeenAt)>(MarksSql, TenantParameters.Of(tenant))
                .ToDictionary(row => new RequestErrorCause(row.Status, row.Refusal, KeyOf(row.Key)), row => UnixTime.ToInstant(row.SeenAt)),
            ct);

    public Task MarkAsync(Tenant tenant, RequestErrorCause cause, DateTimeOffset at, string actor) => database.WriteAsync(tenant, connection => connection.Execute(
        MarkSql, TenantParameters.Of(tenant, new { status = cause.Status, refusal = cause.Refusal, key = cause.Key?.Value ?? 0, at = UnixTime.Of(at), actor })));

    public Task<IReadOnlyList<CountedDurations>> ListDurationsAsync(Tenant tenant, DateTimeOffset from, Func<TimeSpan, int> bucketOf, CancellationToken ct) =>
        database.ScanAsync<IReadOnlyList<CountedDurations>>(
            tenant,
            connection =>
            {
                using var snapshot = connection.BeginSnapshot();
                return [.. KindsOf(connection, tenant, "").GroupBy(kind => (kind.Method, kind.Route, kind.Key)).Select(alike => Sort(connection, [.. alike], UnixTime.Of(from), bucketOf)).OfType<CountedDurations>()];
            },
            ct);

    private static CountedErrors? Count(DbConnection connection, KindRow kind, long from, long until, int parts)
    {
        var last = connection.Prepared(LastSql).Bind(1, kind.Id).Bind(2, from).Bind(3, until).Query(row => (At: row.Int64(0), Id: row.Int64(1)));
        if (last.Count == 0)
        {
            return null;
        }

        var trend = Enumerable.Range(0, parts)
            .Select(part => connection.Prepared(CountSql).Bind(1, kind.Id).Bind(2, from + (until - from) * part / parts).Bind(3, from + (until - from) * (part + 1) / parts).ExecuteScalar()!.Value)
            .ToList();
        var first = connection.Prepared(FirstSql).Bind(1, kind.Id).ExecuteScalar()!.Value;
        return new CountedErrors(
            new RequestErrorCause(kind.Status, kind.Refusal, KeyOf(kind.Key)), kind.Route, trend.Sum(), UnixTime.ToInstant(first), UnixTime.ToInstant(last[0].At), last[0].Id, trend);
    }

    private static CountedDurations? Sort(DbConnection connection, IReadOnlyList<KindRow> kinds, long from, Func<TimeSpan, int> bucketOf)
    {
        var buckets = new Dictionary<int, long>();
        var longest = TimeSpan.Zero;
        foreach (var kind in kinds)
        {
            connection.Prepared(DurationsSql).Bind(1, kind.Id).Bind(2, from).Each(row =>
            {
                var duration = TimeSpan.FromMicroseconds(row.Int64(0));
                var bucket = bucketOf(duration);
                buckets[bucket] = buckets.GetValueOrDefault(bucket) + 1;
                longest = duration > longest ? duration : longest;
            });
        }

        return buckets.Count == 0 ? null : new CountedDurations(kinds[0].Method, kinds[0].Route, KeyOf(kinds[0].Key), buckets, longest);
    }

    private static List<KindRow> KindsOf(DbConnection connection, Tenant tenant, string condition) => connection.Query<KindRow>($"{KindsSql} {condition}", TenantParameters.Of(tenant)).AsList();

    private static ApiKeyId? KeyOf(long stored) => stored == 0 ? null : new ApiKeyId(stored);

    private sealed record KindRow
    {
        public required long Id { get; init; }

        public required long Key { get; init; }

        public required string Method { get; init; }

        public required string Route { get; init; }

        public required int Status { get; init; }

        public required string Refusal { get; init; }
    }
}
