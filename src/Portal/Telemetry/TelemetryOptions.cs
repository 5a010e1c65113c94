using System.ComponentModel.DataAnnotations;

namespace Dojo.Pci.Portal.Telemetry;

/// <summary>The protocol over which telemetry is sent.</summary>
public enum OtlpTransport
{
    /// <summary>Protobuf over HTTP, usually at port 4318.</summary>
    HttpProtobuf,

    /// <summary>gRPC, usually at port 4317.</summary>
    Grpc,
}

/// <summary>Settings of telemetry (section <c>Telemetry</c>). By default the service sends and serves none.</summary>
public sealed class TelemetryOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Telemetry";

    /// <summary>The address to which traces and metrics are sent by OTLP, such as <c>http://localhost:4318</c>; empty for none.</summary>
    public string OtlpEndpoint { get; set; } = "";

    /// <summary>The protocol over which they are sent.</summary>
    public OtlpTransport OtlpProtocol { get; set; }

    /// <summary>A file with headers for the receiver, one <c>name=value</c> per line; empty for none. It is a secret, as headers usually hold one.</summary>
    public string OtlpHeadersFile { get; set; } = "";

    /// <summary>Whether the log is sent too, in addition to standard output.</summary>
    public bool OtlpLogs { get; set; }

    /// <summary>How often metrics are sent: from a second to an hour.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan OtlpInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How many of a thousand requests are traced, from 0 to 1,000.</summary>
    [Range(0, 1000)]
    public int TracesPerThousand { get; set; } = 50;

    /// <summary>
    /// The addresses at which Prometheus finds <c>/metrics</c>, such as <c>http://127.0.0.1:9464</c>, separated by semicolons; empty for none. They must
    /// not be addresses at which requests are served.
    /// </summary>
    public string MetricsUrls { get; set; } = "";
}
