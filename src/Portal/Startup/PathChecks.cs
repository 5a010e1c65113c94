using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Authorization;
using Dojo.Pci.Tokenization.Crypto;
using Dojo.Pci.Tokenization.Storage;

namespace Dojo.Pci.Portal.Startup;

/// <summary>
/// Checks who can access or replace the files that the service depends on: the root key, the data, the acquirer's key and the private keys
/// of TLS (PCI DSS 3.6.1, 7.2). It follows links, and checks every directory on the path.
/// </summary>
internal sealed class PathChecks(IConfiguration configuration, VaultOptions vault, StorageOptions storage, AcquirerOptions acquirer)
{
    private static PathSafety Safety => PathSafety.ForThisProcess;

    /// <summary>Returns every fault once, as a sentence for the operator.</summary>
    public IEnumerable<string> FindFaults() => Faults().Distinct(StringComparer.Ordinal);

    private IEnumerable<string> Faults() =>
    [
        .. Safety.FaultsOfDataDirectory("Portal:DataDirectory", storage.DataDirectory),
        .. FaultsOfDatabase(),
        .. FileRootKeyProvider.FaultsOfPlace(Path.Combine(vault.KeyDirectory, VaultOptions.RootKeyFile)),
        .. acquirer is { Address.Length: > 0, ApiKeyFile.Length: > 0 } ? AcquirerKey.FaultsOfPlace(acquirer.ApiKeyFile) : [],
        .. FaultsOfTlsKeys(),
    ];

    private IEnumerable<string> FaultsOfDatabase()
    {
        // The engine keeps its write-ahead log beside the target of a link.
        var database = File.Exists(storage.SqliteFile) && File.ResolveLinkTarget(storage.SqliteFile, returnFinalTarget: true) is { } target ? target.FullName : storage.SqliteFile;
        var home = Path.GetDirectoryName(database)!;
        foreach (var fault in home == storage.DataDirectory ? [] : Safety.FaultsOfDataDirectory("The database's directory", home))
        {
            yield return fault;
        }

        (string What, string Path)[] files =
        [
            ("The database", database), ("The database's log", database + "-wal"), ("The index of the database's log", database + "-shm"),
            ("The database's lock", Path.ChangeExtension(storage.SqliteFile, ".lock")),
        ];
        foreach (var fault in files.SelectMany(file => Safety.FaultsOfData(file.What, file.Path)))
        {
            yield return fault;
        }
    }

    // Certificates are configured below Kestrel:Certificates and below each endpoint. A certificate without a key file holds its own key.
    private IEnumerable<string> FaultsOfTlsKeys()
    {
        foreach (var certificate in configuration.GetSection("Kestrel:Certificates").GetChildren()
            .Concat(configuration.GetSection("Kestrel:Endpoints").GetChildren().SelectMany(WithCertificates)))
        {
            if ((certificate["KeyPath"] ?? certificate["Path"]) is not { Length: > 0 } named)
            {
                continue;
            }

            foreach (var fault in Safety.FaultsOfSecret("The TLS key", named).Concat(Safety.FaultsOfSecretPlace("The TLS key", named)))
            {
                yield return fault;
            }
        }

        static IEnumerable<IConfigurationSection> WithCertificates(IConfigurationSection endpoint) =>
            [endpoint.GetSection("Certificate"), .. endpoint.GetSection("Sni").GetChildren().Select(host => host.GetSection("Certificate"))];
    }
}
