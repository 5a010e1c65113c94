using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Dojo.Pci.Tokenization.RequestLogs;

namespace Dojo.Pci.Tests.Unit.RequestLogs;

/// <summary>Records what the metrics of one request log count, such as "request_log.dropped queue".</summary>
internal sealed class CountedMetrics : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);

    public CountedMetrics()
        : this(new RequestLogMetrics())
    {
    }

    public CountedMetrics(RequestLogMetrics metrics)
    {
        Metrics = metrics;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter, Metrics.Meter))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, count, tags, _) =>
        {
            var tag = tags.IsEmpty ? "" : $" {tags[0].Value}";
            _counts.AddOrUpdate(instrument.Name + tag, count, (_, before) => before + count);
        });
        _listener.Start();
    }

    public RequestLogMetrics Metrics { get; }

    public long this[string name] => _counts.GetValueOrDefault(name);

    public void Dispose()
    {
        _listener.Dispose();
        Metrics.Dispose();
    }
}
