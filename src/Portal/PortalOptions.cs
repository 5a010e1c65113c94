namespace Dojo.Pci.Portal;

/// <summary>Settings of the host (section <c>Portal</c>).</summary>
public sealed class PortalOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Portal";

    private static readonly char[] s_separators = [',', ';', ' '];

    /// <summary>Where everything is stored. A relative path counts from the working directory.</summary>
    public string DataDirectory { get; set; } = "data";

    /// <summary>
    /// Addresses or networks (CIDR) of the reverse proxies that end TLS in front of this service. Only from these are
    /// <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> believed, and only with one may production listen in clear. In settings a
    /// list, or one text with the entries separated by commas.
    /// </summary>
    public IReadOnlyList<string> TrustedProxies { get; set; } = [];

    /// <summary>
    /// The address that people and programs know the service by: <c>https://pci.example.com</c>. Requests for another host are refused,
    /// links that are handed out begin with it, and passkeys belong to its domain. In development it may be empty: then the service
    /// answers at <c>localhost</c> and where it listens.
    /// </summary>
    public string PublicAddress { get; set; } = "";

    /// <summary>The entries of a list in the settings, whether it is written as a list, as one text, or as both.</summary>
    internal static IReadOnlyList<string> ReadList(IConfigurationSection list) =>
        [.. list.GetChildren().Select(entry => entry.Value).Prepend(list.Value).OfType<string>()
            .SelectMany(text => text.Split(s_separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
}
