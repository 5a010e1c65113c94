using Dojo.Pci.Portal.Security;

namespace Dojo.Pci.Portal.Startup;

/// <summary>Reads from the settings the addresses at which the service listens.</summary>
internal static class ListeningAddresses
{
    /// <summary>The address if no setting names another.</summary>
    public const string Default = "http://localhost:5080";

    private static readonly string[] s_everyInterface = ["*", "+", "0.0.0.0", "[::]"];

    /// <summary>Returns the addresses, with the server's precedence: endpoints, unless the settings prefer URLs; then URLs; then ports.</summary>
    public static IReadOnlyList<string> In(IConfiguration configuration)
    {
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).OfType<string>().ToArray();
        var urls = configuration[WebHostDefaults.ServerUrlsKey]?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        string[] ports = [.. Ports(configuration, WebHostDefaults.HttpPortsKey, Uri.UriSchemeHttp), .. Ports(configuration, WebHostDefaults.HttpsPortsKey, Uri.UriSchemeHttps)];
        var prefersUrls = configuration[WebHostDefaults.PreferHostingUrlsKey] is { } preference
            && (preference == "1" || preference.Equals("true", StringComparison.OrdinalIgnoreCase));
        return endpoints.Length > 0 && !prefersUrls ? endpoints : urls.Length > 0 ? urls : endpoints.Length > 0 ? endpoints : ports;
    }

    /// <summary>Returns an address that a browser can open: for one of every interface, that of <c>localhost</c>.</summary>
    public static string Openable(string address) =>
        HostIn(address) is { } host && s_everyInterface.Contains(host, StringComparer.Ordinal) ? address.Replace(host, "localhost", StringComparison.Ordinal) : address;

    /// <summary>Returns the host name in an address, in the canonical spelling; null if there is none, or it stands for every interface.</summary>
    public static string? HostOf(string address) =>
        HostIn(address) is { } host && !s_everyInterface.Contains(host, StringComparer.Ordinal) ? PublicAddress.NameOf(host) : null;

    private static IEnumerable<string> Ports(IConfiguration configuration, string key, string scheme) =>
        configuration[key]?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(port => $"{scheme}://*:{port}") ?? [];

    // Uri is not used, because it rejects http://*:5080.
    private static string? HostIn(string address) =>
        address.Split(Uri.SchemeDelimiter, 2) is [_, var rest] && new HostString(rest.Split('/')[0]).Host is { Length: > 0 } host ? host : null;
}
