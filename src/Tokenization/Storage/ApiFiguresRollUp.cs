using Dapper;
using Dojo.Pci.Tokenization.Figures;
using Dojo.Pci.Tokenization.RequestLogs;
using Microsoft.Data.Sqlite;

namespace Dojo.Pci.Tokenization.Storage;

/// <summary>A batch of the request log, counted for the figures of its tenants. A batch has few kinds of requests, so this adds few statements to it.</summary>
internal sealed class ApiFiguresRollUp
{
    private const string AddSql = """
        INSERT INTO api_figures (hour, account_id, location_id, environment, status_class, bucket, requests)
        VALUES (@Hour, @Account, @Location, @Environment, @StatusClass, @Bucket, @Requests)
            ON CONFLICT DO UPDATE SET requests = requests + excluded.requests
        """;

    private readonly IReadOnlyList<object> _rows;

    private ApiFiguresRollUp(IReadOnlyList<object> rows) => _rows = rows;

    /// <summary>Counts entries, each of which has a tenant.</summary>
    public static ApiFiguresRollUp Of(IEnumerable<RequestLogEntry> entries) => new(
        [.. entries.GroupBy(entry => (Hour: FigureHours.Of(entry.At), Tenant: entry.Tenant!.Value, StatusClass: entry.Status / 100, Bucket: LatencyBuckets.Of(entry.Duration)))
            .Select(group => new
            {
                group.Key.Hour,
                Account = group.Key.Tenant.Account.Value,
                Location = group.Key.Tenant.Location.Value,
                Environment = (int)group.Key.Tenant.Environment,
                group.Key.StatusClass,
                group.Key.Bucket,
                Requests = group.LongCount(),
            })]);

    /// <summary>Adds the counts within the transaction that stores the entries.</summary>
    public void Add(SqliteConnection connection) => connection.Execute(AddSql, _rows);
}
