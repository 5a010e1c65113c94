using System.Globalization;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>The headers of a delivery, for those who send it: the service itself, and a listener that passes on what it has fetched.</summary>
public static class WebhookSigner
{
    /// <summary>The headers, signed by secrets of a subscription.</summary>
    /// <param name="eventId">The event.</param>
    /// <param name="sequence">Its number among those of the subscription.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="secrets">The values of the secrets that sign, the active one first.</param>
    /// <param name="at">When it is sent.</param>
    public static IReadOnlyList<(string Name, string Value)> HeadersOf(string eventId, long sequence, ReadOnlySpan<byte> body, IReadOnlyList<string> secrets, DateTimeOffset at)
    {
        var seconds = at.ToUnixTimeSeconds();
        var standard = new string[secrets.Count];
        for (var i = 0; i < standard.Length; i++)
        {
            standard[i] = WebhookSignatures.Standard(secrets[i], eventId, seconds, body);
        }

        return
        [
            ("user-agent", "Dojo-PCI-Portal-Webhooks"),
            (WebhookRequestHead.DojoSignature, WebhookSignatures.Dojo(secrets[0], body)),
            (WebhookRequestHead.StandardId, eventId),
            (WebhookRequestHead.StandardTimestamp, seconds.ToString(CultureInfo.InvariantCulture)),
            (WebhookRequestHead.StandardSignature, string.Join(' ', standard)),
            ("webhook-sequence", sequence.ToString(CultureInfo.InvariantCulture)),
            (WebhookRequestHead.ContentType, "application/json"),
        ];
    }
}
