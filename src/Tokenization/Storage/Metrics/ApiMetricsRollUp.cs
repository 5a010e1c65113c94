using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Metrics;
using Dojo.Pci.Tokenization.RequestLogs;
using Dojo.Pci.Tokenization.Storage.RequestLogs;

namespace Dojo.Pci.Tokenization.Storage.Metrics;

/// <summary>Counts a batch of the request log for the figures of its tenants.</summary>
internal static class ApiMetricsRollUp
{
    private const string AddSql = """
        INSERT INTO api_figures (hour, account_id, location_id, environment, status_class, bucket, requests)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            ON CONFLICT (hour, account_id, location_id, environment, status_class, bucket) DO UPDATE SET requests = api_figures.requests + excluded.requests
        """;

    /// <summary>Counts entries. Each must have a tenant.</summary>
    public static RollUp<Kind> Of(IEnumerable<RequestLogEntry> entries)
    {
        var counts = new RollUp<Kind>(AddSql, static (add, of, requests) => add
            .Bind(1, of.Hour).Bind(2, of.Tenant.Account.Value).Bind(3, of.Tenant.Location.Value).Bind(4, (int)of.Tenant.Environment)
            .Bind(5, of.StatusClass).Bind(6, of.Bucket).Bind(7, requests));
        foreach (var entry in entries)
        {
            counts.Count(new Kind(MetricHours.Of(entry.At), entry.Tenant!.Value, entry.Status / 100, LatencyBuckets.Of(entry.Duration)));
        }

        return counts;
    }

    /// <summary>The properties of requests that are counted together.</summary>
    internal readonly record struct Kind(long Hour, Tenant Tenant, int StatusClass, int Bucket);
}
