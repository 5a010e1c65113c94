using System.Collections.Frozen;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>Events of one kind of thing.</summary>
/// <param name="Model">The kind: <c>PaymentIntent</c>.</param>
/// <param name="Events">Their names, which a subscription lists.</param>
public sealed record WebhookModel(string Model, IReadOnlyList<string> Events);

/// <summary>
/// The events that there are. Those of payment intents are Dojo's (dojo-domain.md §7.4). Those of setup intents are ours, named by the same rule:
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

    private static readonly FrozenSet<string> s_names = new[]
    {
        PaymentIntentCreated, PaymentIntentStatusUpdated, SetupIntentCreated, SetupIntentStatusUpdated,
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>All of them, by model.</summary>
    public static IReadOnlyList<WebhookModel> Models { get; } =
    [
        new("PaymentIntent", [PaymentIntentCreated, PaymentIntentStatusUpdated]),
        new("SetupIntent", [SetupIntentCreated, SetupIntentStatusUpdated]),
    ];

    /// <summary>All their names, in the order of <see cref="Models"/>.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Models.SelectMany(model => model.Events)];

    /// <summary>Whether there is such an event.</summary>
    public static bool Exists(string name) => s_names.Contains(name);
}
