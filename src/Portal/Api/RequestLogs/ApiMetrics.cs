using System.Diagnostics.Metrics;
using Dojo.Pci.Tokenization.RequestLogs;

namespace Dojo.Pci.Portal.Api.RequestLogs;

/// <summary>The metrics of the API for operators, over all tenants: the requests, their durations, and the reasons for refusals.</summary>
internal sealed class ApiMetrics : IDisposable
{
    private static readonly string[] s_classes = ["1xx", "2xx", "3xx", "4xx", "5xx"];

    private readonly Meter _meter = new("Dojo.Pci.Portal.Api");
    private readonly Histogram<double> _requests;
    private readonly Counter<long> _refusals;

    public ApiMetrics()
    {
        _requests = _meter.CreateHistogram(
            "api.request.duration", "s", "Time that requests to the API took, by method, route and class of status.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] });
        _refusals = _meter.CreateCounter<long>("api.refusals", "{refusal}", "Requests that were refused, by status and code: the field whose rule was broken, or the name of the status.");
    }

    /// <summary>Counts a request by its log entry.</summary>
    public void Count(RequestLogEntry entry)
    {
        if (_requests.Enabled)
        {
            _requests.Record(
                entry.Duration.TotalSeconds,
                new KeyValuePair<string, object?>("method", entry.Method),
                new KeyValuePair<string, object?>("route", entry.Route),
                new KeyValuePair<string, object?>("status_class", s_classes[Math.Clamp((entry.Status / 100) - 1, 0, s_classes.Length - 1)]));
        }

        // A refusal may name several fields. Each is counted by itself, so that there is one series per field, not one per set of fields.
        if (_refusals.Enabled && entry.Refusal is { Length: > 0 } refusal)
        {
            foreach (var code in refusal.Split(','))
            {
                _refusals.Add(1, new KeyValuePair<string, object?>("status", entry.Status), new KeyValuePair<string, object?>("code", code));
            }
        }
    }

    public void Dispose() => _meter.Dispose();
}
