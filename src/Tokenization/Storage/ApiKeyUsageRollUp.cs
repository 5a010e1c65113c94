using Dapper;
using Dojo.Pci.Tokenization.RequestLogs;
using Microsoft.Data.Sqlite;

namespace Dojo.Pci.Tokenization.Storage;

/// <summary>
/// A batch of the request log, counted by key: by the hour for as long as the log is kept, by the minute for watching, and when
/// each key was last used. A batch has few kinds of requests, so this adds few statements to it.
/// </summary>
internal sealed class ApiKeyUsageRollUp
{
    private const string AddHourSql = """
        INSERT INTO api_key_usage (api_key_id, hour, method, route, client_address, status, requests)
        VALUES (@Key, @Hour, @Method, @Route, @Address, @Status, @Requests)
            ON CONFLICT DO UPDATE SET requests = requests + excluded.requests
        """;

    private const string AddMinuteSql = """
        INSERT INTO api_key_minutes (api_key_id, minute, client_address, requests)
        VALUES (@Key, @Minute, @Address, @Requests)
            ON CONFLICT DO UPDATE SET requests = requests + excluded.requests
        """;

    // The entry of a long request is written after those of later ones: the latest use counts, not the one written last.
    private const string TouchSql = """
        UPDATE api_keys SET last_used_at = @At, last_used_from = @Address
         WHERE account_id = @Account AND location_id = @Location AND environment = @Environment AND id = @Key
           AND (last_used_at IS NULL OR last_used_at <= @At)
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

    private readonly IReadOnlyList<object> _hours;
    private readonly IReadOnlyList<object> _minutes;
    private readonly IReadOnlyList<object> _uses;

    private ApiKeyUsageRollUp(IReadOnlyList<object> hours, IReadOnlyList<object> minutes, IReadOnlyList<object> uses) =>
        (_hours, _minutes, _uses) = (hours, minutes, uses);

    public static ApiKeyUsageRollUp Of(IEnumerable<RequestLogEntry> entries)
    {
        var keyed = entries.Where(entry => entry.Key is not null).ToList();
        return new ApiKeyUsageRollUp(
            [.. keyed.GroupBy(entry => (Key: entry.Key!.Value.Value, Hour: HourOf(entry.At), entry.Method, entry.Route, Address: AddressOf(entry), entry.Status))
                .Select(group => new { group.Key.Key, group.Key.Hour, group.Key.Method, group.Key.Route, group.Key.Address, group.Key.Status, Requests = group.LongCount() })],
            [.. keyed.GroupBy(entry => (Key: entry.Key!.Value.Value, Minute: MinuteOf(entry.At), Address: AddressOf(entry)))
                .Select(group => new { group.Key.Key, group.Key.Minute, group.Key.Address, Requests = group.LongCount() })],
            [.. keyed.GroupBy(entry => entry.Key).Select(group => group.MaxBy(entry => entry.At)!).Select(last => new
            {
                At = Instants.ToUnix(last.At),
                Address = last.ClientAddress?.ToString(),
                Account = last.Tenant!.Value.Account.Value,
                Location = last.Tenant.Value.Location.Value,
                Environment = (int)last.Tenant.Value.Environment,
                Key = last.Key!.Value.Value,
            })]);
    }

    /// <summary>Adds the counts within the transaction that stores the entries.</summary>
    public void Add(SqliteConnection connection)
    {
        connection.Execute(AddHourSql, _hours);
        connection.Execute(AddMinuteSql, _minutes);
        connection.Execute(TouchSql, _uses);
    }

    /// <summary>Deletes counts, at most a batch of each kind.</summary>
    /// <returns>How many of the kind of which there were more.</returns>
    public static int Delete(SqliteConnection connection, DateTimeOffset hoursBefore, DateTimeOffset minutesBefore, int batchSize) => Math.Max(
        connection.Execute(DeleteHoursSql, new { before = HourOf(hoursBefore), batchSize }),
        connection.Execute(DeleteMinutesSql, new { before = MinuteOf(minutesBefore), batchSize }));

    public static long HourOf(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerHour;

    public static long MinuteOf(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMinute;

    private static string AddressOf(RequestLogEntry entry) => entry.ClientAddress?.ToString() ?? "";
}
