using Dojo.Pci.Tokenization.BackgroundJobs;

namespace Dojo.Pci.Tokenization.Metrics;

/// <summary>Deletes metrics that are too old to be read.</summary>
internal sealed class MetricRetention(IApiMetricsStore store, TimeProvider clock) : IBackgroundJob
{
    private const int BatchSize = 500;

    public async Task RunOnceAsync(CancellationToken ct)
    {
        var before = MetricHours.Of(clock.GetUtcNow()) - IApiMetrics.MostHours + 1;
        while (!ct.IsCancellationRequested && await store.DeleteOldestAsync(before, BatchSize) == BatchSize)
        {
            // There may be more.
        }
    }
}
