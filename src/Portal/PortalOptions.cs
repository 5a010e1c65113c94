namespace Dojo.Pci.Portal;

/// <summary>Settings of the host (section <c>Portal</c>).</summary>
public sealed class PortalOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Portal";

    /// <summary>Where everything is stored. A relative path counts from the working directory.</summary>
    public string DataDirectory { get; set; } = "data";

    /// <summary>
    /// Addresses or networks (CIDR) of the reverse proxies that end TLS in front of this service. Only from these are
    /// <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> believed; naming one is what allows plain HTTP in production.
    /// </summary>
    public IReadOnlyList<string> TrustedProxies { get; set; } = [];

    /// <summary>
    /// The address that people know the portal by: <c>https://pci.example.com</c>. Links that are handed out begin with it, and
    /// passkeys belong to its domain. Empty where the portal is only used at <c>localhost</c>.
    /// </summary>
    public string PublicAddress { get; set; } = "";
}
