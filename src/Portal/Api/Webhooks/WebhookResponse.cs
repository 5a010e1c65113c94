using Dojo.Pci.Tokenization.Webhooks;

namespace Dojo.Pci.Portal.Api.Webhooks;

/// <summary>The events of one model.</summary>
internal sealed record WebhookEventsResponse(string Model, IReadOnlyList<string> Events);

/// <summary>A webhook subscription, with exactly the properties that Dojo's clients know.</summary>
internal sealed record WebhookResponse(
    string Id,
    string AccountId,
    IReadOnlyList<string> Events,
    string Url,
    string? Description,
    IReadOnlyList<WebhookSecretResponse> Secrets,
    DateTime CreatedAt,
    DateTime UpdatedAt)
{
    public static WebhookResponse Of(WebhookSubscription webhook) => new(
        webhook.Id,
        webhook.AccountId,
        webhook.Events,
        webhook.Url,
        webhook.Description,
        [.. webhook.Secrets.Select(WebhookSecretResponse.Of)],
        webhook.CreatedAt.UtcDateTime,
        webhook.UpdatedAt.UtcDateTime);
}

/// <summary>The secrets of a webhook subscription.</summary>
internal sealed record WebhookSecretsResponse(string Id, IReadOnlyList<WebhookSecretResponse> Secrets)
{
    public static WebhookSecretsResponse Of(WebhookSubscription webhook) => new(webhook.Id, [.. webhook.Secrets.Select(WebhookSecretResponse.Of)]);
}

/// <summary>A secret of a webhook subscription. A class, because a record's <c>ToString</c> would print the value.</summary>
internal sealed class WebhookSecretResponse(string id, string value, DateTime createdAt, bool isActive)
{
    public string Id { get; } = id;

    public string Value { get; } = value;

    public DateTime CreatedAt { get; } = createdAt;

    public bool IsActive { get; } = isActive;

    public static WebhookSecretResponse Of(WebhookSecret secret) => new(secret.Id, secret.Value, secret.CreatedAt.UtcDateTime, secret.IsActive);
}
