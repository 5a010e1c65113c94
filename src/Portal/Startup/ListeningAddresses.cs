using Dojo.Pci.Portal.Security;

namespace Dojo.Pci.Portal.Startup;

/// <summary>Where the service listens, by its settings.</summary>
internal static class ListeningAddresses
{
    /// <summary>Where it listens when no setting says otherwise.</summary>
    public const string Default = "http://localhost:5080";

    private static readonly string[] s_everyInterface = ["*", "+", "0.0.0.0", "[::]"];

    /// <summary>The addresses, in the order in which the server takes them: endpoints, unless it is told otherwise; then addresses; then ports.</summary>
    public static IReadOnlyList<string> In(IConfiguration configuration)
    {
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).OfType<string>().ToArray();
        var urls = configuration[WebHostDefaults.ServerUrlsKey]?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        string[] ports = [.. Ports(configuration, WebHostDefaults.HttpPortsKey, Uri.UriSchemeHttp), .. Ports(configuration, WebHostDefaults.HttpsPortsKey, Uri.UriSchemeHttps)];
        var prefersUrls = configuration[WebHostDefaults.PreferHostingUrlsKey] is { } preference
            && (preference == "1" || preference.Equals("true", StringComparison.OrdinalIgnoreCase));
        return endpoints.Length > 0 && !prefersUrls ? endpoints : urls.Length > 0 ? urls : endpoints.Length > 0 ? endpoints : ports;
    }

    /// <summary>An address that can be opened: one of every interface is none.</summary>
    public static string Openable(string address) =>
        HostIn(address) is { } host && s_everyInterface.Contains(host, StringComparer.Ordinal) ? address.Replace(host, "localhost", StringComparison.Ordinal) : address;

    /// <summary>The name of the host in an address, in one spelling; null where it is of every interface or none.</summary>
    public static string? HostOf(string address) =>
        HostIn(address) is { } host && !s_everyInterface.Contains(host, StringComparer.Ordinal) ? PublicAddress.NameOf(host) : null;

    private static IEnumerable<string> Ports(IConfiguration configuration, string key, string scheme) =>
        configuration[key]?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(port => $"{scheme}://*:{port}") ?? [];

    // Not by Uri: http://*:5080 is none.
    private static string? HostIn(string address) =>
        address.Split(Uri.SchemeDelimiter, 2) is [_, var rest] && new HostString(rest.Split('/')[0]).Host is { Length: > 0 } host ? host : null;
}
