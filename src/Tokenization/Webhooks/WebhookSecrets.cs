using System.Security.Cryptography;
using System.Text;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>Creates the values of secrets and seals them. Each opens only for its own secret, subscription and tenant.</summary>
internal sealed class WebhookSecrets(IPortalSecrets sealing)
{
    /// <summary>The prefix by which libraries for Standard Webhooks recognize a secret. The key in base64 follows it.</summary>
    public const string Prefix = "whsec_";

    private const int KeyLength = 32;

    /// <summary>Creates a new value and seals it.</summary>
    public byte[] SealNew(Tenant tenant, long subscriptionId, long secretId) =>
        sealing.Seal(PurposeOf(tenant, subscriptionId, secretId), Encoding.ASCII.GetBytes(Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyLength))));

    /// <summary>Opens the value of a secret.</summary>
    /// <exception cref="CryptographicException">The sealed value was changed, or belongs to another secret, subscription or tenant.</exception>
    public string Open(StoredWebhook webhook, StoredWebhookSecret secret) =>
        Encoding.ASCII.GetString(sealing.Open(PurposeOf(webhook.Tenant, webhook.RecordId, secret.RecordId), secret.Sealed));

    private static string PurposeOf(Tenant tenant, long subscriptionId, long secretId) =>
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"webhook secret {tenant.Account.Value} {tenant.Location.Value} {(int)tenant.Environment} {subscriptionId} {secretId}");
}
