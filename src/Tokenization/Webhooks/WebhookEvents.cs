using System.Collections.Frozen;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>Events of one kind of thing.</summary>
/// <param name="Model">The kind: <c>PaymentIntent</c>.</param>
/// <param name="Events">Their names, which a subscription lists.</param>
public sealed record WebhookModel(string Model, IReadOnlyList<string> Events);

/// <summary>
/// The events that there are. Those of payment intents are Dojo's (dojo-domain.md §7.4). The others are ours, named by the same rule:
/// Dojo's clients read what they do not know wrongly, so an event goes to those alone who have subscribed to it by name.
/// </summary>
public static class WebhookEvents
{
    /// <summary>A payment intent was created.</summary>
    public const string PaymentIntentCreated = "payment_intent.created";

    /// <summary>The status of a payment intent has changed.</summary>
    public const string PaymentIntentStatusUpdated = "payment_intent.status_updated";

    /// <summary>A setup intent was created, by a tokenization or without a card.</summary>
    public const string SetupIntentCreated = "setup_intent.created";

    /// <summary>The status of a setup intent has changed.</summary>
    public const string SetupIntentStatusUpdated = "setup_intent.status_updated";

    /// <summary>A receipt was asked for: its message is to be read by the API, and sent.</summary>
    public const string ReceiptCreated = "receipt.created";

    /// <summary>A refund was begun.</summary>
    public const string RefundCreated = "refund.created";

    /// <summary>A refund has ended: it was done, declined, or came to nothing.</summary>
    public const string RefundStatusUpdated = "refund.status_updated";

    /// <summary>A customer was created.</summary>
    public const string CustomerCreated = "customer.created";

    /// <summary>Something of a customer has changed.</summary>
    public const string CustomerUpdated = "customer.updated";

    /// <summary>A customer was deleted.</summary>
    public const string CustomerDeleted = "customer.deleted";

    /// <summary>An API key was made.</summary>
    public const string ApiKeyCreated = "api_key.created";

    /// <summary>An API key was renamed, or may do something else than before.</summary>
    public const string ApiKeyUpdated = "api_key.updated";

    /// <summary>An API key has a successor, and ends by itself.</summary>
    public const string ApiKeyRolled = "api_key.rolled";

    /// <summary>An API key was deleted.</summary>
    public const string ApiKeyRevoked = "api_key.revoked";

    /// <summary>A member has asked for a test of one subscription. It goes to that one, and nobody subscribes to it.</summary>
    public const string Test = "webhook.test";

    /// <summary>All of them, by model.</summary>
    public static IReadOnlyList<WebhookModel> Models { get; } =
    [
        new("PaymentIntent", [PaymentIntentCreated, PaymentIntentStatusUpdated]),
        new("SetupIntent", [SetupIntentCreated, SetupIntentStatusUpdated]),
        new("Refund", [RefundCreated, RefundStatusUpdated]),
        new("Receipt", [ReceiptCreated]),
        new("Customer", [CustomerCreated, CustomerUpdated, CustomerDeleted]),
        new("ApiKey", [ApiKeyCreated, ApiKeyUpdated, ApiKeyRolled, ApiKeyRevoked]),
    ];

    /// <summary>All their names, in the order of <see cref="Models"/>.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Models.SelectMany(model => model.Events)];

    private static readonly FrozenSet<string> s_names = Names.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether there is such an event.</summary>
    public static bool Exists(string name) => s_names.Contains(name);
}
