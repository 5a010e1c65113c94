using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Tokenization.Crypto;

/// <summary>
/// Reads the root key from a file of 32 random bytes (<see cref="VaultOptions.RootKeyFile"/>) that only its owner can read
/// (PCI DSS 3.6.1.2, 3.6.1.3).
/// </summary>
public sealed class FileRootKeyProvider(IOptions<VaultOptions> options) : IRootKeyProvider
{
    private const string Name = "The root key";

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
        try
        {
            using var file = File.OpenRead(FilePath);
            file.ReadExactly(bytes.Span[..RootKey.Length]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"The root key {FilePath} cannot be read by this service. {exception.Message}");
        }

        return new RootKey(bytes.Span[..RootKey.Length]);
    }

    /// <summary>Returns every reason why a root key file is unfit for use, following links; empty if it is fit.</summary>
    public static IReadOnlyList<string> FaultsOf(string path)
    {
        if (FileStatus.Of(path) is not { } file)
        {
            return [$"Vault:KeyDirectory holds no root key: {path} does not exist. Make one with: (umask 277 && openssl rand -out {path} {RootKey.Length})"];
        }

        var faults = PathSafety.ForThisProcess.FaultsOfSecret(Name, path).ToList();
        if (file is { Kind: FileKind.Regular, Length: not RootKey.Length })
        {
            faults.Insert(0, $"The root key {path} is {file.Length} bytes long; it must be {RootKey.Length}.");
        }

        return faults;
    }

    /// <summary>Returns what is wrong with the location of a root key. Production refuses such a location; development may use it.</summary>
    public static IReadOnlyList<string> FaultsOfPlace(string path) => PathSafety.ForThisProcess.FaultsOfSecretPlace(Name, path);

    /// <summary>Creates a root key if there is none. For development only: in production, its custodians create it.</summary>
    /// <returns>Whether a key was created.</returns>
    /// <exception cref="StartRefusedException">The key could not be created: the directory is not writable, or a link there is broken.</exception>
    public bool CreateIfMissing()
    {
        if (FileStatus.Of(FilePath) is not null)
        {
            return false;
        }

        try
        {
            Create();
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"The root key {FilePath} cannot be made. {exception.Message}");
        }
    }

    private void Create()
    {
        PrivateFiles.CreateDirectory(options.Value.KeyDirectory);
        Span<byte> key = stackalloc byte[RootKey.Length];
        RandomNumberGenerator.Fill(key);
        using (var file = PrivateFiles.Create(FilePath, UnixFileMode.UserRead))
        {
            file.Write(key);
            file.Flush(flushToDisk: true);
        }

        CryptographicOperations.ZeroMemory(key);
    }
}
