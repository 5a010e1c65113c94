using System.Globalization;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>Makes the headers of a delivery, both for the service and for a listener that passes on the events it fetched.</summary>
public static class WebhookSigner
{
    /// <summary>Returns the headers, signed with the secrets of a subscription.</summary>
    /// <param name="eventId">The event's id.</param>
    /// <param name="sequence">The event's number within the subscription.</param>
    /// <param name="body">The body.</param>
    /// <param name="secrets">The values of the secrets that sign, the active one first.</param>
    /// <param name="at">The time of sending.</param>
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
