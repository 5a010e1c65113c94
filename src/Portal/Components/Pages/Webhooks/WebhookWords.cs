using System.Globalization;
using Dojo.Pci.Portal.Components.Controls;
using Dojo.Pci.Tokenization.Webhooks;

namespace Dojo.Pci.Portal.Components.Pages.Webhooks;

/// <summary>The words that pages use for webhooks.</summary>
internal static class WebhookWords
{
    /// <summary>Describes what an event means.</summary>
    public static string MeaningOf(string name) => name switch
    {
        WebhookEvents.PaymentIntentCreated => "A payment intent was created.",
        WebhookEvents.PaymentIntentStatusUpdated => "The status of a payment intent has changed: authorized, captured, refunded and so on.",
        WebhookEvents.SetupIntentCreated => "A token was created, with a card or without.",
        WebhookEvents.SetupIntentStatusUpdated => "The status of a token has changed, by a request or over time.",
        WebhookEvents.ReceiptCreated => "A receipt was requested.",
        WebhookEvents.RefundCreated => "A refund was started.",
        WebhookEvents.RefundStatusUpdated => "A refund succeeded, was declined or failed.",
        WebhookEvents.CustomerCreated => "A customer was created.",
        WebhookEvents.CustomerUpdated => "A customer was changed.",
        WebhookEvents.CustomerDeleted => "A customer was deleted.",
        WebhookEvents.ApiKeyCreated => "An API key was created.",
        WebhookEvents.ApiKeyUpdated => "An API key was renamed or its limits were changed.",
        WebhookEvents.ApiKeyRolled => "An API key was rolled: it has a successor.",
        WebhookEvents.ApiKeyRevoked => "An API key was deleted.",
        _ => "",
    };

    /// <summary>Returns the name of an endpoint in lists and at the top of its page.</summary>
    public static string NameOf(WebhookEndpoint endpoint) => endpoint switch
    {
        { Description: { } description } => description.Split('\n')[0],
        { Kind: WebhookKind.Inspector } => "Inspector",
        { Kind: WebhookKind.Listener } => "Listener",
        _ => endpoint.Host,
    };

    /// <summary>Describes where an endpoint's events go.</summary>
    public static string TargetOf(WebhookEndpoint endpoint) => endpoint.Kind switch
    {
        WebhookKind.Inspector => "This portal: events are verified and shown here",
        WebhookKind.Listener => "webhooks listen: events are fetched from the command line",
        _ => endpoint.Url,
    };

    public static Tone ToneOf(WebhookState state) => state switch
    {
        WebhookState.Active => Tone.Good,
        WebhookState.Failing => Tone.Warning,
        WebhookState.Disabled => Tone.Bad,
        _ => Tone.Neutral,
    };

    public static Tone ToneOf(WebhookDeliveryStatus status) => status switch
    {
        WebhookDeliveryStatus.Delivered => Tone.Good,
        WebhookDeliveryStatus.Retrying => Tone.Warning,
        WebhookDeliveryStatus.Failed => Tone.Bad,
        _ => Tone.Neutral,
    };

    /// <summary>Describes the outcome of an attempt: its status, or its error in a few words.</summary>
    public static string Outcome(int? status, string? error) => status is { } known ? known.ToString(CultureInfo.InvariantCulture) : ShortError(error);

    /// <summary>Explains why an attempt was not answered, and what to do.</summary>
    public static string Explain(string? error) => error switch
    {
        "NameResolutionError" => "The host name does not resolve to an address. Check the URL, and the DNS of the host.",
        "ConnectionError" => "No connection could be made. Check that the receiver runs, and that its firewall lets this service in.",
        "SecureConnectionError" => "The TLS connection failed. Check that the certificate is for this host, has not expired and comes from a public authority.",
        "Timeout" => "There was no complete answer within 10 seconds. Answer first, then do the work.",
        "TargetNotAllowed" => "The host resolves to an address that is not on the public internet, or the URL is no longer allowed.",
        "SandboxFault" => "This sandbox has a fault set, so nothing was sent.",
        "SecretDamaged" => "The secret could not be opened, so nothing was signed or sent. Roll it.",
        "ResponseEnded" or "HttpProtocolError" or "InvalidResponse" => "The answer was not a complete HTTP response, or it broke off.",
        "ConfigurationLimitExceeded" => "The headers of the answer are larger than 16 KiB.",
        "Unreachable" => "The listener could not reach the local address.",
        null => "",
        _ => "The request could not be sent.",
    };

    public static string Percent(double? rate) => rate switch
    {
        null => "—",
        1 => "100\u00A0%",
        { } part => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(part * 1000) / 10:0.0}\u00A0%"),
    };

    public static string Milliseconds(TimeSpan? duration) => duration switch
    {
        null => "—",
        { TotalMilliseconds: < 10 } quick => string.Create(CultureInfo.InvariantCulture, $"{quick.TotalMilliseconds:0.0}\u00A0ms"),
        { TotalSeconds: < 1 } time => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0}\u00A0ms"),
        { } slow => string.Create(CultureInfo.InvariantCulture, $"{slow.TotalSeconds:0.0}\u00A0s"),
    };

    public static string Count(long count, string one) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {one}{(count == 1 ? "" : "s")}");

    private static string ShortError(string? error) => error switch
    {
        "NameResolutionError" => "Name not found",
        "ConnectionError" => "No connection",
        "SecureConnectionError" => "TLS failed",
        "Timeout" => "Timed out",
        "TargetNotAllowed" => "Target not allowed",
        "SandboxFault" => "Sandbox fault",
        "SecretDamaged" => "Secret damaged",
        "Unreachable" => "Unreachable",
        null => "—",
        _ => "No answer",
    };
}
