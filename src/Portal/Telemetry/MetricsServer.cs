using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;

namespace Dojo.Pci.Portal.Telemetry;

/// <summary>
/// Serves <c>/metrics</c> to Prometheus on separate addresses, with a second server, so that no setting and no header can lead from the public
/// addresses to the metrics.
/// </summary>
internal sealed class MetricsServer(IOptions<TelemetryOptions> options, MeterProvider meters, ILoggerFactory loggers) : IHostedService, IAsyncDisposable
{
    private WebApplication? _app;

    /// <summary>The addresses at which it listens; empty before the start.</summary>
    public ICollection<string> Addresses => _app?.Urls ?? [];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.AddServerHeader = false).UseUrls(TelemetryChecks.UrlsIn(options.Value.MetricsUrls));
        builder.Services.AddSingleton(loggers);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        _app = builder.Build();
        _app.UseOpenTelemetryPrometheusScrapingEndpoint(meters, predicate: null, path: "/metrics", configureBranchedPipeline: null, optionsName: null);
        await _app.StartAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _app?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _app?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>A lifetime that ignores signals: the server starts and stops with the service, which handles them.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
