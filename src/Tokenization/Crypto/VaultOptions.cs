namespace Dojo.Pci.Tokenization.Crypto;

/// <summary>Configures where the root key is (section <c>Vault</c>).</summary>
public sealed class VaultOptions
{
    /// <summary>The name of the file inside <see cref="KeyDirectory"/> that holds the root key.</summary>
    public const string RootKeyFile = "root.key";

    /// <summary>
    /// The directory of <see cref="RootKeyFile"/>, an absolute path once the host has resolved it. It belongs outside the
    /// data directory, so that no backup carries the data together with its key (PCI DSS 3.6.1).
    /// </summary>
    public string KeyDirectory { get; set; } = "keys";
}
