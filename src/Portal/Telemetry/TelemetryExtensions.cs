using Dojo.Pci.Portal.Startup;
using Dojo.Pci.Tokenization;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Dojo.Pci.Portal.Telemetry;

/// <summary>Adds traces, metrics and logs for operators (DESIGN D26, D33). Without a setting that enables them it adds nothing.</summary>
internal static class TelemetryExtensions
{
    private const string ServiceName = "dojo-pci-portal";

    // Our own meters, and those of .NET for requests, connections and the runtime.
    private static readonly string[] s_meters = ["Dojo.Pci.*", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"];

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var settings = builder.Configuration.GetSection(TelemetryOptions.Section);
        builder.Services.AddOptions<TelemetryOptions>()
            .PostConfigure(options => options.OtlpHeadersFile = options.OtlpHeadersFile.Length > 0 ? Path.GetFullPath(options.OtlpHeadersFile) : "");
        var sends = !string.IsNullOrEmpty(settings[nameof(TelemetryOptions.OtlpEndpoint)]);
        var serves = !string.IsNullOrEmpty(settings[nameof(TelemetryOptions.MetricsUrls)]);

        // If settings are wrong, the start checks refuse to start and name them; reading them here would fail with a less clear message.
        if ((!sends && !serves) || SettingSection.All.Any(section => section.FindFaults(builder.Configuration).Count > 0))
        {
            return;
        }

        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(ServiceName, serviceVersion: ProductVersion.Current))
            .WithMetrics(metrics => AddMetrics(metrics, sends, serves));
        if (serves)
        {
            builder.Services.AddHostedService<MetricsServer>();
        }

        if (sends)
        {
            telemetry.WithTracing(AddTraces);
            builder.Services.AddSingleton<IStartupFilter, SpansOfRequests>();
            if (builder.Configuration.GetValue<bool>($"{TelemetryOptions.Section}:{nameof(TelemetryOptions.OtlpLogs)}"))
            {
                telemetry.WithLogging(AddLogs, logs => logs.IncludeFormattedMessage = true);
            }
        }
    }

    private static void AddMetrics(MeterProviderBuilder metrics, bool sends, bool serves)
    {
        metrics.AddMeter(s_meters);
        if (serves)
        {
            metrics.AddPrometheusExporter();
        }

        if (sends)
        {
            metrics.AddReader(services => new PeriodicExportingMetricReader(
                new OtlpMetricExporter(ReceiverOf("metrics", services)),
                (int)services.GetRequiredService<IOptions<TelemetryOptions>>().Value.OtlpInterval.TotalMilliseconds));
        }
    }

    private static void AddTraces(TracerProviderBuilder traces) => traces
        .SetSampler(services => new EdgeSampler(services.GetRequiredService<IOptions<TelemetryOptions>>().Value.TracesPerThousand))
        .AddSource("Microsoft.AspNetCore", VaultTelemetry.Name)
        .AddProcessor(new SpanCleaner())
        .AddProcessor(services => new BatchActivityExportProcessor(new OtlpTraceExporter(ReceiverOf("traces", services))));

    private static void AddLogs(LoggerProviderBuilder logs) => logs
        .AddProcessor(new LogCleaner())
        .AddProcessor(services => new BatchLogRecordExportProcessor(new OtlpLogExporter(ReceiverOf("logs", services))));

    private static OtlpExporterOptions ReceiverOf(string signal, IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<TelemetryOptions>>().Value;
        var exporter = new OtlpExporterOptions();
        var overHttp = options.OtlpProtocol == OtlpTransport.HttpProtobuf;
        exporter.Protocol = overHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        exporter.Endpoint = new Uri(overHttp ? $"{options.OtlpEndpoint.TrimEnd('/')}/v1/{signal}" : options.OtlpEndpoint);
        if (options.OtlpHeadersFile.Length > 0)
        {
            exporter.Headers = OtlpHeaders.Read(options.OtlpHeadersFile);
        }

        return exporter;
    }

    /// <summary>Adds the middleware before everything else, so that the spans of requests that the entrance refuses are described too.</summary>
    private sealed class SpansOfRequests : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.UseMiddleware<ServerSpanMiddleware>();
            next(app);
        };
    }
}
