using System.Runtime.InteropServices;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Metrics;
using Dojo.Pci.Tokenization.RequestLogs;
using Dojo.Pci.Tokenization.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Dojo.Pci.Tokenization.Storage.Metrics;

/// <summary>A batch of the request log, counted for the figures of its tenants. A batch has few kinds of requests, so this adds few statements to it.</summary>
internal sealed class ApiMetricsRollUp
{
    private const string AddSql = """
        INSERT INTO api_figures (hour, account_id, location_id, environment, status_class, bucket, requests)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            ON CONFLICT DO UPDATE SET requests = requests + excluded.requests
        """;

    private readonly Dictionary<Kind, long> _counts = [];

    private ApiMetricsRollUp()
    {
    }

    /// <summary>Counts entries, each of which has a tenant.</summary>
    public static ApiMetricsRollUp Of(IEnumerable<RequestLogEntry> entries)
    {
        var counts = new ApiMetricsRollUp();
        foreach (var entry in entries)
        {
            var kind = new Kind(MetricHours.Of(entry.At), entry.Tenant!.Value, entry.Status / 100, LatencyBuckets.Of(entry.Duration));
            CollectionsMarshal.GetValueRefOrAddDefault(counts._counts, kind, out _)++;
        }

        return counts;
    }

    /// <summary>Adds the counts within the transaction that stores the entries.</summary>
    public void Add(SqliteConnection connection)
    {
        foreach (var (of, requests) in _counts)
        {
            connection.Prepared(AddSql)
                .Bind(1, of.Hour).Bind(2, of.Tenant.Account.Value).Bind(3, of.Tenant.Location.Value).Bind(4, (int)of.Tenant.Environment)
                .Bind(5, of.StatusClass).Bind(6, of.Bucket).Bind(7, requests).Execute();
        }
    }

    private readonly record struct Kind(long Hour, Tenant Tenant, int StatusClass, int Bucket);
}
