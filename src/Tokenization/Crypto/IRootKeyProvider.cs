namespace Dojo.Pci.Tokenization.Crypto;

/// <summary>Provides the root key: from a file now, from other custody later.</summary>
public interface IRootKeyProvider
{
    /// <summary>Loads the root key. The caller disposes it.</summary>
    /// <exception cref="StartRefusedException">There is no root key, or it is not fit for use.</exception>
    RootKey Load();
}
