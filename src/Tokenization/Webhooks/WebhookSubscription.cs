namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>A subscription to events as its tenant sees it.</summary>
/// <param name="Id"><c>ws_sandbox_</c> or <c>ws_prod_</c> and 22 base64url characters that tell nothing.</param>
/// <param name="AccountId">The account, as events name it: <c>acc_</c> and 22 such characters.</param>
/// <param name="Events">The names of the events, in the order of <see cref="WebhookEvents.Names"/>.</param>
/// <param name="Url">Where they are sent, as it was given.</param>
/// <param name="Description">The subscriber's description.</param>
/// <param name="Secrets">What signatures are made with, oldest first; exactly one is active.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="UpdatedAt">When it was changed last.</param>
public sealed record WebhookSubscription(
    string Id,
    string AccountId,
    IReadOnlyList<string> Events,
    string Url,
    string? Description,
    IReadOnlyList<WebhookSecret> Secrets,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt);

/// <summary>A secret with which deliveries are signed. Prints without its value.</summary>
/// <param name="id"><c>sc_sandbox_</c> or <c>sc_prod_</c> and 22 base64url characters.</param>
/// <param name="value">The value.</param>
/// <param name="createdAt">When it was made.</param>
/// <param name="isActive">Whether it is the one that signs.</param>
public sealed class WebhookSecret(string id, string value, DateTimeOffset createdAt, bool isActive)
{
    /// <summary>Its id.</summary>
    public string Id { get; } = id;

    /// <summary>
    /// <c>whsec_</c> and 32 random bytes in base64. <c>dojo-signature</c> is keyed with the UTF-8 bytes of all of it, the signatures of
    /// Standard Webhooks with the 32 bytes.
    /// </summary>
    public string Value { get; } = value;

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; } = createdAt;

    /// <summary>Whether it is the one that signs. One that was replaced signs beside it for a day, in <c>webhook-signature</c> alone.</summary>
    public bool IsActive { get; } = isActive;

    /// <inheritdoc/>
    public override string ToString() => Id;
}
