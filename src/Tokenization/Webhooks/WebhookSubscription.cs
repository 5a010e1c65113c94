namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>A subscription to events as its tenant sees it.</summary>
/// <param name="Id"><c>ws_sandbox_</c> or <c>ws_prod_</c> and 22 opaque base64url characters.</param>
/// <param name="AccountId">The account, as events name it: <c>acc_</c> and 22 such characters.</param>
/// <param name="Events">The names of the events, in the order of <see cref="WebhookEvents.Names"/>.</param>
/// <param name="Url">The URL to which they are sent, as the subscriber wrote it.</param>
/// <param name="Description">The subscriber's description.</param>
/// <param name="Secrets">The secrets that sign deliveries, oldest first; exactly one is active.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
public sealed record WebhookSubscription(
    string Id,
    string AccountId,
    IReadOnlyList<string> Events,
    string Url,
    string? Description,
    IReadOnlyList<WebhookSecret> Secrets,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt);

/// <summary>A secret that signs deliveries. <see cref="ToString"/> does not reveal its value.</summary>
/// <param name="id"><c>sc_sandbox_</c> or <c>sc_prod_</c> and 22 base64url characters.</param>
/// <param name="value">The value.</param>
/// <param name="createdAt">When it was created.</param>
/// <param name="isActive">Whether it is the active one.</param>
public sealed class WebhookSecret(string id, string value, DateTimeOffset createdAt, bool isActive)
{
    /// <summary>The id.</summary>
    public string Id { get; } = id;

    /// <summary>
    /// The value: <c>whsec_</c> and 32 random bytes in base64. <c>dojo-signature</c> is keyed with the UTF-8 bytes of the whole value, the signatures of
    /// Standard Webhooks with the 32 bytes.
    /// </summary>
    public string Value { get; } = value;

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; } = createdAt;

    /// <summary>Whether it is the active one. A replaced secret also signs for a day, but only in <c>webhook-signature</c>.</summary>
    public bool IsActive { get; } = isActive;

    /// <inheritdoc/>
    public override string ToString() => Id;
}
