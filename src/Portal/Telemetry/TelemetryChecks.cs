using Dojo.Pci.Portal.Startup;
using Dojo.Pci.Tokenization;

namespace Dojo.Pci.Portal.Telemetry;

/// <summary>Finds faults in the settings of telemetry.</summary>
internal static class TelemetryChecks
{
    private const string HeadersFile = "The file of OTLP headers";

    /// <summary>Lists what is wrong with the addresses in the settings.</summary>
    public static IEnumerable<string> FaultsOfAddresses(IConfiguration configuration)
    {
        var section = configuration.GetSection(TelemetryOptions.Section);
        if (section[nameof(TelemetryOptions.OtlpEndpoint)] is { Length: > 0 } endpoint && !IsAddress(endpoint, Uri.UriSchemeHttp, Uri.UriSchemeHttps))
        {
            yield return "Telemetry:OtlpEndpoint must be an absolute address without user, query and fragment, such as http://localhost:4318.";
        }

        var served = ListeningAddresses.In(configuration).Select(PortOf).ToHashSet();
        foreach (var url in UrlsIn(section[nameof(TelemetryOptions.MetricsUrls)] ?? ""))
        {
            if (!IsAddress(WithHost(url), Uri.UriSchemeHttp) || new Uri(WithHost(url)).AbsolutePath != "/")
            {
                yield return "Telemetry:MetricsUrls must be addresses without a path, such as http://127.0.0.1:9464, separated by semicolons.";
            }
            else if (PortOf(url) is not 0 and var port && served.Contains(port))
            {
                yield return $"Telemetry:MetricsUrls has the port {port}, where requests are served. Give the metrics a port of their own, which only the monitoring can reach.";
            }
        }
    }

    /// <summary>Lists what is wrong with the file of headers.</summary>
    public static IEnumerable<string> FaultsOfHeaders(TelemetryOptions options)
    {
        if (options.OtlpHeadersFile.Length == 0)
        {
            return [];
        }

        if (!File.Exists(options.OtlpHeadersFile))
        {
            return [$"Telemetry:OtlpHeadersFile {options.OtlpHeadersFile} does not exist."];
        }

        var faults = PathSafety.ForThisProcess.FaultsOfSecret(HeadersFile, options.OtlpHeadersFile).ToList();
        if (faults.Count == 0 && OtlpHeaders.Read(options.OtlpHeadersFile) is null)
        {
            faults.Add($"Telemetry:OtlpHeadersFile {options.OtlpHeadersFile} cannot be read, or has a line that is not name=value without a comma.");
        }

        if (Uri.TryCreate(options.OtlpEndpoint, UriKind.Absolute, out var endpoint) && endpoint.Scheme != Uri.UriSchemeHttps && !endpoint.IsLoopback)
        {
            faults.Add("Telemetry:OtlpEndpoint is not https://: the headers of Telemetry:OtlpHeadersFile would travel unencrypted.");
        }

        return faults;
    }

    /// <summary>Lists what is wrong with the location of the file of headers: production refuses it, development may accept it.</summary>
    public static IReadOnlyList<string> FaultsOfHeadersPlace(TelemetryOptions options) =>
        options.OtlpHeadersFile.Length == 0 ? [] : PathSafety.ForThisProcess.FaultsOfSecretPlace(HeadersFile, options.OtlpHeadersFile);

    /// <summary>Splits a setting into its addresses.</summary>
    public static string[] UrlsIn(string setting) => setting.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static bool IsAddress(string text, params string[] schemes) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && schemes.Contains(address.Scheme, StringComparer.Ordinal) && address.Host.Length > 0
        && address.UserInfo.Length == 0 && address.Query.Length == 0 && address.Fragment.Length == 0;

    // http://*:9464 listens on every interface, but is not a valid Uri.
    private static string WithHost(string url) => url.Replace("//*", "//localhost", StringComparison.Ordinal).Replace("//+", "//localhost", StringComparison.Ordinal);

    private static int PortOf(string url) => Uri.TryCreate(WithHost(url), UriKind.Absolute, out var address) ? address.Port : 0;
}
