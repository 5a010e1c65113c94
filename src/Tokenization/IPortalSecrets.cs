using System.Security.Cryptography;

namespace Dojo.Pci.Tokenization;

/// <summary>Seals data that the portal stores and that must not be readable in the database. It opens only for the purpose for which it was sealed.</summary>
public interface IPortalSecrets
{
    /// <summary>Seals bytes with AES-256-GCM under a data key.</summary>
    /// <param name="purpose">The purpose of the bytes and their owner; the same text is needed to open them.</param>
    /// <param name="content">The bytes.</param>
    byte[] Seal(string purpose, ReadOnlySpan<byte> content);

    /// <summary>Opens bytes that were sealed for the same purpose.</summary>
    /// <exception cref="CryptographicException">The content was changed, or sealed for another purpose.</exception>
    byte[] Open(string purpose, byte[] sealedContent);
}
