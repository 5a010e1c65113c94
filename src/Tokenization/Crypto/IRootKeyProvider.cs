namespace Dojo.Pci.Tokenization.Crypto;

/// <summary>Where the root key comes from: a file now, other custody later.</summary>
public interface IRootKeyProvider
{
    /// <summary>The root key; the caller disposes it.</summary>
    /// <exception cref="StartRefusedException">There is none, or it is not fit for use.</exception>
    RootKey Load();
}
