using System.Security.Cryptography;
using System.Text;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>Which signatures of a delivery are valid.</summary>
/// <param name="Dojo">Whether <c>dojo-signature</c> was made with a secret that the subscription has now.</param>
/// <param name="Standard">The same for <c>webhook-signature</c>.</param>
public sealed record WebhookVerification(bool Dojo, bool Standard)
{
    /// <summary>Whether both are valid.</summary>
    public bool IsVerified => Dojo && Standard;
}

/// <summary>A receiver inside the portal, for subscribers who have none yet. It verifies deliveries as a receiver should, and accepts those that are valid.</summary>
internal sealed class WebhookInspector(WebhookSecrets secrets)
{
    private const int Accepted = 200;
    private const int Refused = 401;

    /// <summary>Receives a delivery.</summary>
    /// <returns>The status and the body of its answer.</returns>
    public (int Status, string Body) Receive(StoredWebhook webhook, WebhookRequestHead head, ReadOnlySpan<byte> body) => Verify(webhook, head, body).IsVerified
        ? (Accepted, """{"verified":true}""")
        : (Refused, """{"verified":false}""");

    /// <summary>Verifies the signatures of a delivery against the current secrets.</summary>
    public WebhookVerification Verify(StoredWebhook webhook, WebhookRequestHead head, ReadOnlySpan<byte> body)
    {
        var (dojo, standard) = (head.ValueOf(WebhookRequestHead.DojoSignature), head.ValueOf(WebhookRequestHead.StandardSignature).Split(' '));
        var isDated = long.TryParse(head.ValueOf(WebhookRequestHead.StandardTimestamp), out var seconds);
        var verified = new WebhookVerification(false, false);
        foreach (var secret in webhook.Secrets)
        {
            var value = secrets.Open(webhook, secret);
            var own = isDated ? WebhookSignatures.Standard(value, head.ValueOf(WebhookRequestHead.StandardId), seconds, body) : "";
            verified = new WebhookVerification(
                verified.Dojo || AreEqual(dojo, WebhookSignatures.Dojo(value, body)),
                verified.Standard || (isDated && Array.Exists(standard, signature => AreEqual(signature, own))));
        }

        return verified;
    }

    private static bool AreEqual(string sent, string computed) => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(sent), Encoding.ASCII.GetBytes(computed));
}
