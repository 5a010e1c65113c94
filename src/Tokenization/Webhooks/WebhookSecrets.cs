using System.Security.Cryptography;
using System.Text;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>Makes the values of secrets, and keeps them sealed: each opens only for its own secret, subscription and tenant.</summary>
internal sealed class WebhookSecrets(IPortalSecrets sealing)
{
    /// <summary>How libraries for Standard Webhooks know a secret: what follows is the key in base64.</summary>
    public const string Prefix = "whsec_";

    private const int KeyLength = 32;

    /// <summary>A new value, sealed.</summary>
    public byte[] SealNew(Tenant tenant, long subscriptionId, long secretId) =>
        sealing.Seal(PurposeOf(tenant, subscriptionId, secretId), Encoding.ASCII.GetBytes(Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyLength))));

    /// <summary>The value of a secret.</summary>
    /// <exception cref="CryptographicException">It was changed, or moved to another place.</exception>
    public string Open(StoredWebhook webhook, StoredWebhookSecret secret) =>
        Encoding.ASCII.GetString(sealing.Open(PurposeOf(webhook.Tenant, webhook.RecordId, secret.RecordId), secret.Sealed));

    private static string PurposeOf(Tenant tenant, long subscriptionId, long secretId) =>
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"webhook secret {tenant.Account.Value} {tenant.Location.Value} {(int)tenant.Environment} {subscriptionId} {secretId}");
}
