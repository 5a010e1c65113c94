using System.Security.Cryptography;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Tokenization.Crypto;

/// <summary>
/// Wraps data keys with AES-256-GCM under a key derived from the root key. The key's whole description is associated data,
/// so unwrapping detects that two wrapped keys were exchanged, or that the purpose, environment or state of one was changed
/// (PCI DSS 3.7.7). The associated data also says whether a key is listed in a <see cref="DataKeyManifest"/>, so that a listed key
/// cannot be passed off as one from before the manifest.
/// </summary>
internal static class KeyWrapping
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    public static WrappedDataKey Wrap(RootKey root, DataKeyDescription description, ReadOnlySpan<byte> material)
    {
        var wrapped = new byte[NonceLength + DataKey.Length + TagLength];
        var nonce = wrapped.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = CipherOf(root);
        aes.Encrypt(nonce, material, wrapped.AsSpan(NonceLength, DataKey.Length), wrapped.AsSpan(NonceLength + DataKey.Length), AssociatedDataOf(KeyLabels.WrappedKey, root.Id, description));
        return new WrappedDataKey(description, root.Id, wrapped, Uses: 0);
    }

    /// <exception cref="StartRefusedException">The key was wrapped by another root key, or its row was changed.</exception>
    public static DataKey Unwrap(RootKey root, WrappedDataKey key) => Unwrap(root, key, KeyLabels.WrappedKey);

    /// <summary>Unwraps a key that was wrapped before the manifest existed.</summary>
    /// <exception cref="StartRefusedException">The key was wrapped by another root key, or its row was changed.</exception>
    public static DataKey UnwrapUnlisted(RootKey root, WrappedDataKey key) => Unwrap(root, key, KeyLabels.UnlistedKey);

    /// <exception cref="StartRefusedException">The key was wrapped by another root key.</exception>
    public static void RequireWrappedBy(RootKey root, WrappedDataKey key)
    {
        if (key.RootKeyId != root.Id)
        {
            throw new StartRefusedException($"Data key {key.Description.Id} was wrapped by root key {key.RootKeyId}, but Vault:KeyDirectory holds root key {root.Id}.");
        }
    }

    private static DataKey Unwrap(RootKey root, WrappedDataKey key, ReadOnlySpan<byte> label)
    {
        var description = key.Description;
        RequireWrappedBy(root, key);
        var material = SecretBuffer.Rent(DataKey.Length);
        try
        {
            using var aes = CipherOf(root);
            var wrapped = key.Wrapped.AsSpan();
            aes.Decrypt(wrapped[..NonceLength], wrapped[NonceLength..^TagLength], wrapped[^TagLength..], material.Span[..DataKey.Length], AssociatedDataOf(label, root.Id, description));
            return new DataKey(description, material);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            material.Dispose();
            throw new StartRefusedException($"Data key {description.Id} does not authenticate: its row in the database was changed.");
        }
    }

    private static AesGcm CipherOf(RootKey root)
    {
        Span<byte> wrappingKey = stackalloc byte[RootKey.Length];
        root.DeriveWrappingKey(wrappingKey);
        var aes = new AesGcm(wrappingKey, TagLength);
        CryptographicOperations.ZeroMemory(wrappingKey);
        return aes;
    }

    private static byte[] AssociatedDataOf(ReadOnlySpan<byte> label, string rootKeyId, DataKeyDescription key) => new Binding(label)
        .Add(rootKeyId)
        .Add(key.Id)
        .Add(key.Purpose.ToString())
        .Add((int)key.Environment)
        .Add(key.State.ToString())
        .Add(key.CreatedAt.ToUnixTimeMilliseconds())
        .ToArray();
}
