using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Tokenization.Crypto;

/// <summary>
/// The root key as a file of 32 random bytes (<see cref="VaultOptions.RootKeyFile"/>), readable by its owner alone
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

    /// <summary>Everything that makes a root key file unfit for use, its links followed; empty when it is fit.</summary>
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

    /// <summary>What is wrong with where a root key is: production does not take it, development may.</summary>
    public static IReadOnlyList<string> FaultsOfPlace(string path) => PathSafety.ForThisProcess.FaultsOfSecretPlace(Name, path);

    /// <summary>Makes a root key where there is none. For development: in production its custodians make it.</summary>
    /// <returns>Whether one was made.</returns>
    /// <exception cref="StartRefusedException">None could be made: the directory cannot be written, or a link there leads nowhere.</exception>
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
