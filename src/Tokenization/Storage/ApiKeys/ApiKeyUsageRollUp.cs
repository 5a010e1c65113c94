using System.Data.Common;
using System.Runtime.InteropServices;
using Dapper;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.RequestLogs;
using Dojo.Pci.Tokenization.Storage.RequestLogs;

namespace Dojo.Pci.Tokenization.Storage.ApiKeys;

/// <summary>
/// Counts a batch of the request log by key: by the hour, kept as long as the log, and by the minute for monitoring. It also records when
/// each key was last used.
/// </summary>
internal sealed class ApiKeyUsageRollUp
{
    private const string AddHourSql = """
        INSERT INTO api_key_usage (api_key_id, hour, method, route, client_address, status, requests)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            ON CONFLICT (api_key_id, hour, method, route, client_address, status) DO UPDATE SET requests = api_key_usage.requests + excluded.requests
        """;

    private const string AddMinuteSql = """
        INSERT INTO api_key_minutes (api_key_id, minute, client_address, requests)
        VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT (api_key_id, minute, client_address) DO UPDATE SET requests = api_key_minutes.requests + excluded.requests
        """;

    // The entry of a long request is written after those of later requests. The latest use counts, not the last one written.
    private const string TouchSql = """
        UPDATE api_keys SET last_used_at = ?1, last_used_from = ?2
         WHERE account_id = ?3 AND location_id = ?4 AND environment = ?5 AND id = ?6
           AND (last_used_at IS NULL OR last_used_at <= ?1)
        """;

    internal const string DeleteHoursSql = """
        DELETE FROM api_key_usage
         WHERE (api_key_id, hour, method, route, client_address, status) IN (
               SELECT api_key_id, hour, method, route, client_address, status FROM api_key_usage WHERE hour < @before LIMIT @batchSize)
        """;

    internal const string DeleteMinutesSql = """
        DELETE FROM api_key_minutes
         WHERE (api_key_id, minute, client_address) IN (
               SELECT api_key_id, minute, client_address FROM api_key_minutes WHERE minute < @before LIMIT @batchSize)
        """;

    private readonly RollUp<HourOfKey> _hours = new(AddHourSql, static (add, of, requests) => add
        .Bind(1, of.Key.Value).Bind(2, of.Hour).Bind(3, of.Method).Bind(4, of.Route).Bind(5, of.Address).Bind(6, of.Status).Bind(7, requests));

    private readonly RollUp<MinuteOfKey> _minutes = new(AddMinuteSql, static (add, of, requests) => add
        .Bind(1, of.Key.Value).Bind(2, of.Minute).Bind(3, of.Address).Bind(4, requests));

    private readonly Dictionary<ApiKeyId, RequestLogEntry> _lastUses = [];

    private ApiKeyUsageRollUp()
    {
    }

    public static ApiKeyUsageRollUp Of(IEnumerable<RequestLogEntry> entries)
    {
        var counts = new ApiKeyUsageRollUp();
        foreach (var entry in entries)
        {
            if (entry.Key is { } key)
            {
                counts.Count(entry, key);
            }
        }

        return counts;
    }

    /// <summary>Adds the counts within the transaction that stores the entries.</summary>
    public void Add(DbConnection connection)
    {
        _hours.Add(connection);
        _minutes.Add(connection);
        foreach (var (key, last) in _lastUses)
        {
            var tenant = last.Tenant!.Value;
            connection.Prepared(TouchSql)
                .Bind(1, UnixTime.Of(last.At)).Bind(2, last.ClientAddress?.ToString())
                .Bind(3, tenant.Account.Value).Bind(4, tenant.Location.Value).Bind(5, (int)tenant.Environment).Bind(6, key.Value).ExecuteLater();
        }
    }

    /// <summary>Deletes old counts, at most a batch of hours and a batch of minutes.</summary>
    /// <returns>The larger of the two numbers of deleted rows.</returns>
    public static int Delete(DbConnection connection, DateTimeOffset hoursBefore, DateTimeOffset minutesBefore, int batchSize) => Math.Max(
        connection.Execute(DeleteHoursSql, new { before = HourOf(hoursBefore), batchSize }),
        connection.Execute(DeleteMinutesSql, new { before = MinuteOf(minutesBefore), batchSize }));

    public static long HourOf(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerHour;

    public static long MinuteOf(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMinute;

    private static string AddressOf(RequestLogEntry entry) => entry.ClientAddress?.ToString() ?? "";

    private void Count(RequestLogEntry entry, ApiKeyId key)
    {
        _hours.Count(new HourOfKey(key, HourOf(entry.At), entry.Method, entry.Route, AddressOf(entry), entry.Status));
        _minutes.Count(new MinuteOfKey(key, MinuteOf(entry.At), AddressOf(entry)));
        ref var last = ref CollectionsMarshal.GetValueRefOrAddDefault(_lastUses, key, out _);
        last = last is null || last.At <= entry.At ? entry : last;
    }

    private readonly record struct HourOfKey(ApiKeyId Key, long Hour, string Method, string Route, string Address, int Status);

    private readonly record struct MinuteOfKey(ApiKeyId Key, long Minute, string Address);
}
