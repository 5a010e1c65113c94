namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>The kind of destination that a subscription has.</summary>
public enum WebhookKind
{
    /// <summary>A receiver on the internet, at the subscription's URL.</summary>
    Receiver,

    /// <summary>The portal's inspector, which verifies and shows events. Sandbox only.</summary>
    Inspector,

    /// <summary>Clients that fetch events by long polling: <c>webhooks listen</c>. Sandbox only.</summary>
    Listener,
}

/// <summary>
/// The URLs of subscriptions whose events are not sent over the network. They have the shape that Dojo's clients expect of a URL, and hosts that cannot
/// exist on any network (RFC 2606).
/// </summary>
public static class WebhookUrls
{
    /// <summary>The URL of a location's inspector.</summary>
    public const string Inspector = $"https://{InspectorHost}";

    /// <summary>The URL of a listener. The part after the host distinguishes listeners.</summary>
    public const string Listener = $"https://{ListenerHost}";

    private const string InspectorHost = "inspector.invalid";
    private const string ListenerHost = "listener.invalid";

    /// <summary>Returns the kind of destination that a URL stands for.</summary>
    public static WebhookKind KindOf(string url) => Uri.TryCreate(url, UriKind.Absolute, out var target)
        ? target.Host switch
        {
            InspectorHost => WebhookKind.Inspector,
            ListenerHost => WebhookKind.Listener,
            _ => WebhookKind.Receiver,
        }
        : WebhookKind.Receiver;
}
