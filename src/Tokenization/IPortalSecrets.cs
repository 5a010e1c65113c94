using System.Security.Cryptography;

namespace Dojo.Pci.Tokenization;

/// <summary>Seals what the portal has to keep and must not be found in the database: it opens only for what it was sealed for.</summary>
public interface IPortalSecrets
{
    /// <summary>Seals bytes with AES-256-GCM under a data key.</summary>
    /// <param name="purpose">What they are for, and whose: the same is needed to open them.</param>
    /// <param name="content">The bytes.</param>
    byte[] Seal(string purpose, ReadOnlySpan<byte> content);

    /// <summary>Opens what was sealed for the same purpose.</summary>
    /// <exception cref="CryptographicException">It was changed, or sealed for something else.</exception>
    byte[] Open(string purpose, byte[] sealedContent);
}
