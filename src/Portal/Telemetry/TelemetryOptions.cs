using System.ComponentModel.DataAnnotations;

namespace Dojo.Pci.Portal.Telemetry;

/// <summary>By which protocol telemetry is sent.</summary>
public enum OtlpTransport
{
    /// <summary>Protobuf over HTTP, usually at port 4318.</summary>
    HttpProtobuf,

    /// <summary>gRPC, usually at port 4317.</summary>
    Grpc,
}

/// <summary>Settings of what the service tells of its work (section <c>Telemetry</c>). As they come, it tells nothing.</summary>
public sealed class TelemetryOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Telemetry";

    /// <summary>Where traces and metrics are sent by OTLP, such as <c>http://localhost:4318</c>; empty for nowhere.</summary>
    public string OtlpEndpoint { get; set; } = "";

    /// <summary>By which protocol.</summary>
    public OtlpTransport OtlpProtocol { get; set; }

    /// <summary>A file with headers for the receiver, each as <c>name=value</c> on a line of its own; empty for none. A secret, as they usually hold one.</summary>
    public string OtlpHeadersFile { get; set; } = "";

    /// <summary>Whether the log is sent too, beside standard output.</summary>
    public bool OtlpLogs { get; set; }

    /// <summary>How often metrics are sent: from a second to an hour.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan OtlpInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Of how many of a thousand requests a trace is sent, from none to all.</summary>
    [Range(0, 1000)]
    public int TracesPerThousand { get; set; } = 50;

    /// <summary>Where Prometheus finds <c>/metrics</c>, such as <c>http://127.0.0.1:9464</c>; several are separated by semicolons; empty for nowhere. Never where requests are served.</summary>
    public string MetricsUrls { get; set; } = "";
}
