using System.Collections.Frozen;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>The events of one kind of object.</summary>
/// <param name="Model">The kind of object, such as <c>PaymentIntent</c>.</param>
/// <param name="Events">The names of the events, as a subscription lists them.</param>
public sealed record WebhookModel(string Model, IReadOnlyList<string> Events);

/// <summary>
/// The events. Those of payment intents are Dojo's (dojo-domain.md §7.4). The others are ours, named by the same rule. Dojo's clients misread events
/// that they do not know, so an event goes only to subscriptions that list it by name.
/// </summary>
public static class WebhookEvents
{
    /// <summary>A payment intent was created.</summary>
    public const string PaymentIntentCreated = "payment_intent.created";

    /// <summary>The status of a payment intent changed.</summary>
    public const string PaymentIntentStatusUpdated = "payment_intent.status_updated";

    /// <summary>A setup intent was created, by a tokenization or without a card.</summary>
    public const string SetupIntentCreated = "setup_intent.created";

    /// <summary>The status of a setup intent changed.</summary>
    public const string SetupIntentStatusUpdated = "setup_intent.status_updated";

    /// <summary>A receipt was requested. The receiver reads its message through the API and sends it.</summary>
    public const string ReceiptCreated = "receipt.created";

    /// <summary>A refund was started.</summary>
    public const string RefundCreated = "refund.created";

    /// <summary>A refund ended: it succeeded, was declined, or failed.</summary>
    public const string RefundStatusUpdated = "refund.status_updated";

    /// <summary>A customer was created.</summary>
    public const string CustomerCreated = "customer.created";

    /// <summary>A customer was changed.</summary>
    public const string CustomerUpdated = "customer.updated";

    /// <summary>A customer was deleted.</summary>
    public const string CustomerDeleted = "customer.deleted";

    /// <summary>An API key was created.</summary>
    public const string ApiKeyCreated = "api_key.created";

    /// <summary>An API key was renamed, or its permissions were changed.</summary>
    public const string ApiKeyUpdated = "api_key.updated";

    /// <summary>An API key was replaced by a new one, and expires by itself.</summary>
    public const string ApiKeyRolled = "api_key.rolled";

    /// <summary>An API key was deleted.</summary>
    public const string ApiKeyRevoked = "api_key.revoked";

    /// <summary>A member tested one subscription. The event goes to that subscription only; none can list it.</summary>
    public const string Test = "webhook.test";

    /// <summary>All events that a subscription can list, by model.</summary>
    public static IReadOnlyList<WebhookModel> Models { get; } =
    [
        new("PaymentIntent", [PaymentIntentCreated, PaymentIntentStatusUpdated]),
        new("SetupIntent", [SetupIntentCreated, SetupIntentStatusUpdated]),
        new("Refund", [RefundCreated, RefundStatusUpdated]),
        new("Receipt", [ReceiptCreated]),
        new("Customer", [CustomerCreated, CustomerUpdated, CustomerDeleted]),
        new("ApiKey", [ApiKeyCreated, ApiKeyUpdated, ApiKeyRolled, ApiKeyRevoked]),
    ];

    /// <summary>The names of these events, in the order of <see cref="Models"/>.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Models.SelectMany(model => model.Events)];

    private static readonly FrozenSet<string> s_names = Names.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a name is in <see cref="Names"/>.</summary>
    public static bool Exists(string name) => s_names.Contains(name);
}
