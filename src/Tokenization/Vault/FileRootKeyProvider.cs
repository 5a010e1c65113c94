using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Tokenization.Vault;

/// <summary>
/// The root key as a file of 32 random bytes (<see cref="VaultOptions.RootKeyFile"/>), readable by its owner alone
/// (PCI DSS 3.6.1.2, 3.6.1.3).
/// </summary>
public sealed class FileRootKeyProvider(IOptions<VaultOptions> options) : IRootKeyProvider
{
    private const UnixFileMode OthersMayRead =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>The path of the key file.</summary>
    public string FilePath => Path.Combine(options.Value.KeyDirectory, VaultOptions.RootKeyFile);

    /// <inheritdoc/>
    public RootKey Load()
    {
        var faults = FaultsOf(FilePath);
        if (faults.Count > 0)
        {
            throw new StartRefusedException(faults);
        }

        using var bytes = Cards.SecretBuffer.Rent(RootKey.Length);
        using var file = File.OpenRead(FilePath);
        file.ReadExactly(bytes.Span[..RootKey.Length]);
        return new RootKey(bytes.Span[..RootKey.Length]);
    }

    /// <summary>Everything that makes a root key file unfit for use; empty when it is fit.</summary>
    public static IReadOnlyList<string> FaultsOf(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            return [$"Vault:KeyDirectory holds no root key: {path} does not exist. Make one with: (umask 277 && openssl rand -out {path} {RootKey.Length})"];
        }

        var faults = new List<string>();
        if (file.Length != RootKey.Length)
        {
            faults.Add($"The root key {path} is {file.Length} bytes long; it must be {RootKey.Length}.");
        }

        if (!OperatingSystem.IsWindows() && (file.UnixFileMode & OthersMayRead) != UnixFileMode.None)
        {
            faults.Add($"The root key {path} is accessible to others than its owner. Mend it with: chmod 0400 {path}");
        }

        return faults;
    }

    /// <summary>Makes a root key where there is none. For development: in production its custodians make it.</summary>
    /// <returns>Whether one was made.</returns>
    public bool CreateIfMissing()
    {
        if (File.Exists(FilePath))
        {
            return false;
        }

        PrivateFiles.CreateDirectory(options.Value.KeyDirectory);
        Span<byte> key = stackalloc byte[RootKey.Length];
        RandomNumberGenerator.Fill(key);
        using (var file = PrivateFiles.Create(FilePath, UnixFileMode.UserRead))
        {
            file.Write(key);
            file.Flush(flushToDisk: true);
        }

        CryptographicOperations.ZeroMemory(key);
        return true;
    }
}
