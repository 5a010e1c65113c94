namespace Dojo.Pci.Portal;

/// <summary>Settings of the host (section <c>Portal</c>).</summary>
public sealed class PortalOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Portal";

    private static readonly char[] s_separators = [',', ';', ' '];

    /// <summary>The directory where everything is stored. A relative path is resolved against the working directory.</summary>
    public string DataDirectory { get; set; } = "data";

    /// <summary>
    /// Addresses or networks (CIDR) of the reverse proxies that end TLS in front of this service. <c>X-Forwarded-For</c> and
    /// <c>X-Forwarded-Proto</c> are trusted only from these, and production may listen without TLS only if at least one is set. In the
    /// settings, a list or one string whose entries are separated by commas.
    /// </summary>
    public IReadOnlyList<string> TrustedProxies { get; set; } = [];

    /// <summary>
    /// The address by which people and programs know the service, such as <c>https://pci.example.com</c>. Requests for another host are
    /// refused, links that are handed out begin with it, and passkeys belong to its domain. In development it may be empty: the service
    /// then answers at <c>localhost</c> and at the addresses where it listens.
    /// </summary>
    public string PublicAddress { get; set; } = "";

    /// <summary>Reads a list in the settings, whether it is written as a list, as one string, or as both.</summary>
    internal static IReadOnlyList<string> ReadList(IConfigurationSection list) =>
        [.. list.GetChildren().Select(entry => entry.Value).Prepend(list.Value).OfType<string>()
            .SelectMany(text => text.Split(s_separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
}
