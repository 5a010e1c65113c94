using Dojo.Pci.Portal.Authentication.SingleSignOn;
using Dojo.Pci.Portal.Security;
using Dojo.Pci.Portal.Telemetry;
using Dojo.Pci.Tokenization.Authorization;
using Dojo.Pci.Tokenization.Crypto;
using Dojo.Pci.Tokenization.Storage;
using Dojo.Pci.Tokenization.Webhooks;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Portal.Startup;

/// <summary>
/// Finds settings that are wrong in any environment, and in production those that would put card data at risk
/// (PCI DSS 2.2.6, 2.2.7, 3.6.1). It finds all faults at once, so that they can be corrected at once.
/// </summary>
internal sealed class StartChecks(
    IConfiguration configuration,
    IHostEnvironment environment,
    IOptions<PortalOptions> portal,
    IOptions<VaultOptions> vault,
    IOptions<StorageOptions> storage,
    IOptions<AcquirerOptions> acquirer,
    IOptions<WebhookOptions> webhooks,
    IOptions<TelemetryOptions> telemetry,
    IOptions<SingleSignOnOptions> singleSignOn)
{
    /// <summary>Returns every fault, as a sentence for the operator.</summary>
    public IReadOnlyList<string> FindFaults() =>
        environment.IsDevelopment() ? [.. FaultsAnywhere()] : [.. FaultsAnywhere(), .. FaultsInProduction()];

    /// <summary>Returns the faults of files for which production would refuse to start, as sentences for the operator.</summary>
    public IReadOnlyList<string> FindUnsafePaths() => 
    [
        .. new PathChecks(configuration, vault.Value, storage.Value, acquirer.Value).FindFaults(),
        .. TelemetryChecks.FaultsOfHeadersPlace(telemetry.Value),
        .. singleSignOn.Value.IsOn ? ClientSecret.FaultsOfPlace(singleSignOn.Value.ClientSecretFile) : [],
    ];

    private IEnumerable<string> FaultsAnywhere()
    {
        if (storage.Value.Fault is { } misplaced)
        {
            yield return misplaced;
        }

        foreach (var fault in portal.Value.TrustedProxies.Select(TrustedProxies.FaultOf).OfType<string>())
        {
            yield return fault;
        }

        foreach (var fault in FileRootKeyProvider.FaultsOf(RootKeyPath))
        {
            yield return fault;
        }

        if (!WebhookOptions.ArePorts(webhooks.Value.AllowedPorts))
        {
            yield return "Webhooks:AllowedPorts must be ports separated by commas, such as 443,8443.";
        }

        foreach (var fault in acquirer.Value.Address.Length > 0 ? FaultsOfAcquirer(acquirer.Value) : [])
        {
            yield return fault;
        }

        foreach (var fault in TelemetryChecks.FaultsOfHeaders(telemetry.Value))
        {
            yield return fault;
        }

        foreach (var fault in singleSignOn.Value.IsOn ? singleSignOn.Value.FindFaults(environment.IsDevelopment()).Concat(ClientSecret.FaultsOf(singleSignOn.Value.ClientSecretFile)) : [])
        {
            yield return fault;
        }
    }

    // Card numbers leave the service here: the connection must be encrypted and end at the host that the operator intends (PCI DSS 4.2.1).
    private IEnumerable<string> FaultsOfAcquirer(AcquirerOptions options)
    {
        if (!Uri.TryCreate(options.Address, UriKind.Absolute, out var address) || address.Host.Length == 0
            || address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
        {
            yield return "Acquirer:Address must be an absolute address without user, query and fragment, such as https://acquirer.example/v1.";
        }
        else if (address.Scheme != Uri.UriSchemeHttps && !(address.Scheme == Uri.UriSchemeHttp && address.IsLoopback && environment.IsDevelopment()))
        {
            yield return $"Acquirer:Address {options.Address} is not https://: card numbers would travel unencrypted. Plain HTTP is only for loopback addresses in development.";
        }

        if (options.ConnectTimeout > options.Timeout)
        {
            yield return "Acquirer:ConnectTimeout must be at most Acquirer:Timeout; write 3 seconds as 00:00:03.";
        }

        foreach (var fault in AcquirerKey.FaultsOf(options.ApiKeyFile))
        {
            yield return fault;
        }
    }

    private IEnumerable<string> FaultsInProduction()
    {
        string[] homes = [storage.Value.DataDirectory, Path.GetDirectoryName(storage.Value.SqliteFile)!];
        foreach (var home in homes.Distinct(StringComparer.Ordinal).Where(home => IsInside(vault.Value.KeyDirectory, home)))
        {
            yield return $"Vault:KeyDirectory {vault.Value.KeyDirectory} is inside {(home == homes[0] ? "Portal:DataDirectory" : "the database's directory")} {home}: a backup would carry the data together with its key.";
        }

        foreach (var fault in FindUnsafePaths())
        {
            yield return fault;
        }

        if (portal.Value.TrustedProxies.Count == 0)
        {
            foreach (var address in ListeningAddresses.In(configuration).Where(url => url.StartsWith("http://", StringComparison.OrdinalIgnoreCase)))
            {
                yield return $"{address} is plain HTTP. Serve https://, or name the proxy that terminates TLS in Portal:TrustedProxies.";
            }
        }

        if (portal.Value.PublicAddress.Length == 0)
        {
            yield return "Portal:PublicAddress is missing. Set the address that people and programs know this service by, such as https://pci.example.com.";
        }
        else if (PublicAddress.TryParse(portal.Value.PublicAddress, out var known) && known.Scheme != Uri.UriSchemeHttps)
        {
            yield return $"Portal:PublicAddress {portal.Value.PublicAddress} is not https://: keys, cards and cookies may travel over TLS only.";
        }

        if (webhooks.Value.AllowLocalhost)
        {
            yield return "Webhooks:AllowLocalhost is on: it lets subscribers reach what listens on this machine. It is only for development.";
        }

        if (configuration.GetValue<bool>("DetailedErrors"))
        {
            yield return "DetailedErrors is on: it shows the details of internal errors to anyone who runs into one.";
        }
    }

    private string RootKeyPath => Path.Combine(vault.Value.KeyDirectory, VaultOptions.RootKeyFile);

    private static bool IsInside(string inner, string outer) =>
        (RealPathOf(inner) + Path.DirectorySeparatorChar).StartsWith(RealPathOf(outer) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    // Resolves links: a link into the data directory counts as inside it.
    private static string RealPathOf(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var parent = Path.GetDirectoryName(full);
        var here = parent is null ? full : Path.Combine(RealPathOf(parent), Path.GetFileName(full));
        return Directory.Exists(here) && new DirectoryInfo(here).ResolveLinkTarget(returnFinalTarget: true) is { } target ? RealPathOf(target.FullName) : here;
    }
}
