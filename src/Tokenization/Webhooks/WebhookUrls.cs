namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>Where the events of a subscription go.</summary>
public enum WebhookKind
{
    /// <summary>To a receiver on the internet, which has the URL.</summary>
    Receiver,

    /// <summary>To the inspector of the portal, which verifies and shows them. In the sandbox alone.</summary>
    Inspector,

    /// <summary>To those who ask for them by a long poll: <c>webhooks listen</c>. In the sandbox alone.</summary>
    Listener,
}

/// <summary>
/// URLs of subscriptions whose events are sent nowhere. They have the shape that Dojo's clients expect of a URL, and hosts that can never be
/// on any network (RFC 2606).
/// </summary>
public static class WebhookUrls
{
    /// <summary>The URL of a location's inspector.</summary>
    public const string Inspector = $"https://{InspectorHost}";

    /// <summary>The URL of a listener. What follows the host tells listeners apart.</summary>
    public const string Listener = $"https://{ListenerHost}";

    private const string InspectorHost = "inspector.invalid";
    private const string ListenerHost = "listener.invalid";

    /// <summary>Where the events of a subscription with a URL go.</summary>
    public static WebhookKind KindOf(string url) => Uri.TryCreate(url, UriKind.Absolute, out var target)
        ? target.Host switch
        {
            InspectorHost => WebhookKind.Inspector,
            ListenerHost => WebhookKind.Listener,
            _ => WebhookKind.Receiver,
        }
        : WebhookKind.Receiver;
}
