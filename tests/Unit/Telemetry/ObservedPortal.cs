using Dojo.Pci.Portal.Telemetry;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tests.Unit.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Dojo.Pci.Tests.Unit.Telemetry;

/// <summary>A portal with an acquirer and a webhook receiver, whose telemetry goes to an OTLP receiver and to <c>/metrics</c>. Every request is traced.</summary>
internal sealed class ObservedPortal : IAsyncDisposable
{
    private readonly DirectoryInfo _directory;

    private ObservedPortal(DirectoryInfo directory, OtlpReceiver telemetry, ReferenceAcquirer acquirer, Receiver webhooks, PortalFactory portal) =>
        (_directory, Telemetry, Acquirer, Webhooks, Portal) = (directory, telemetry, acquirer, webhooks, portal);

    public OtlpReceiver Telemetry { get; }

    public ReferenceAcquirer Acquirer { get; }

    public Receiver Webhooks { get; }

    public PortalFactory Portal { get; }

    /// <summary>The address that Prometheus would scrape.</summary>
    public Uri MetricsAddress => new(Portal.Services.GetServices<IHostedService>().OfType<MetricsServer>().Single().Addresses.Single());

    public static async Task<ObservedPortal> StartAsync(params (string Name, string Value)[] settings)
    {
        var directory = Directory.CreateTempSubdirectory("dojo-pci-telemetry-");
        var (telemetry, acquirer, webhooks) = (await OtlpReceiver.StartAsync(), await ReferenceAcquirer.StartAsync(), await Receiver.StartAsync());
        var all = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Telemetry:OtlpEndpoint"] = telemetry.Address,
            ["Telemetry:OtlpHeadersFile"] = WriteSecret(directory, "headers", "x-token=a 100% token=="),
            ["Telemetry:OtlpLogs"] = "true",
            ["Telemetry:TracesPerThousand"] = "1000",
            ["Telemetry:MetricsUrls"] = "http://127.0.0.1:0",
            ["Acquirer:Address"] = acquirer.Address,
            ["Acquirer:ApiKeyFile"] = WriteSecret(directory, "acquirer.key", ReferenceAcquirer.ApiKey),
            ["Webhooks:AllowLocalhost"] = "true",
            ["Logging:LogLevel:Default"] = "Information", // the shipped default
            ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        };
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        var portal = await PortalFactory.StartAsync(new PortalFactory
        {
            EnvironmentName = "Development", // which allows an acquirer and a receiver on loopback without TLS
            Settings = all,
            Replace = services => services.AddLogging(logging => logging.AddOpenTelemetry(logs => logs.IncludeFormattedMessage = true)), // the factory removes every sink
        });
        return new ObservedPortal(directory, telemetry, acquirer, webhooks, portal);
    }

    /// <summary>Returns what Prometheus would scrape.</summary>
    public async Task<string> ScrapeAsync()
    {
        using var client = new HttpClient { BaseAddress = MetricsAddress };
        return await client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
    }

    /// <summary>Sends all pending telemetry.</summary>
    public void Flush()
    {
        Portal.Services.GetRequiredService<TracerProvider>().ForceFlush().ShouldBeTrue();
        Portal.Services.GetRequiredService<MeterProvider>().ForceFlush(); // returns false, since the Prometheus reader waits for a scrape
        Portal.Services.GetRequiredService<LoggerProvider>().ForceFlush().ShouldBeTrue();
    }

    public async ValueTask DisposeAsync()
    {
        await Webhooks.DisposeAsync();
        await Portal.DisposeAsync();
        await Acquirer.DisposeAsync();
        await Telemetry.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    private static string WriteSecret(DirectoryInfo directory, string name, string content)
    {
        var path = Path.Combine(directory.FullName, name);
        File.WriteAllText(path, content);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead);
        }

        return path;
    }
}
