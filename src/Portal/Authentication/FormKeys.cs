using System.Text;
using System.Xml.Linq;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Members;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace Dojo.Pci.Portal.Authentication;

/// <summary>
/// Keeps the keys that protect forms in the database, so that a form outlives a restart and any node accepts it. The framework
/// would write the keys in clear; <see cref="FormKeySealer"/> seals their secret parts.
/// </summary>
internal sealed class FormKeys(IPortalKeyStore store) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() => [.. store.ListKeys().Select(xml => XElement.Parse(xml))];

    public void StoreElement(XElement element, string friendlyName) => store.AddKey(friendlyName, element.ToString(SaveOptions.DisableFormatting));
}

/// <summary>Seals the secret part of a key under the vault's keys.</summary>
internal sealed class FormKeySealer(IPortalSecrets secrets) : IXmlEncryptor
{
    internal const string SealedAs = "form key";

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var content = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        return new EncryptedXmlInfo(new XElement("sealed", Convert.ToBase64String(secrets.Seal(SealedAs, content))), typeof(FormKeyOpener));
    }
}

/// <summary>Opens what <see cref="FormKeySealer"/> sealed. The framework creates it with the service provider.</summary>
internal sealed class FormKeyOpener(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement)
    {
        var content = services.GetRequiredService<IPortalSecrets>().Open(FormKeySealer.SealedAs, Convert.FromBase64String(encryptedElement.Value));
        return XElement.Parse(Encoding.UTF8.GetString(content));
    }
}
