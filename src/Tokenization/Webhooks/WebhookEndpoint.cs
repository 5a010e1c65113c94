using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>The state of a subscription.</summary>
public enum WebhookState
{
    /// <summary>Its events are sent.</summary>
    Active,

    /// <summary>Its events are sent, and the latest attempts have failed.</summary>
    Failing,

    /// <summary>Somebody paused it: new events wait.</summary>
    Paused,

    /// <summary>Nothing could be delivered for three days: no event is queued or sent.</summary>
    Disabled,
}

/// <summary>A subscription as members see it: with its health, and without the values of its secrets.</summary>
public sealed record WebhookEndpoint
{
    /// <summary><c>ws_sandbox_</c> or <c>ws_prod_</c> and 22 base64url characters.</summary>
    public required string Id { get; init; }

    /// <summary>The owner of the subscription.</summary>
    public required Tenant Tenant { get; init; }

    /// <summary>The URL to which its events are sent, as the subscriber wrote it.</summary>
    public required string Url { get; init; }

    /// <summary>The subscriber's description.</summary>
    public string? Description { get; init; }

    /// <summary>The names of its events.</summary>
    public required IReadOnlyList<string> Events { get; init; }

    /// <summary>Its secrets, oldest first; exactly one is active.</summary>
    public required IReadOnlyList<WebhookSecretState> Secrets { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was paused; null while it is not.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>When it was disabled; null while it is not.</summary>
    public DateTimeOffset? DisabledAt { get; init; }

    /// <summary>The first failed attempt since the last success, or since it was enabled again; null when there is none.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Its recent health.</summary>
    public required WebhookHealth Health { get; init; }

    /// <summary>The kind of destination of its events.</summary>
    public WebhookKind Kind => WebhookUrls.KindOf(Url);

    /// <summary>The host of its URL with a non-default port, or a fixed name for an inspector or listener. People recognize it by this, and type it to delete it.</summary>
    public string Host => Kind switch
    {
        WebhookKind.Inspector => "inspector",
        WebhookKind.Listener => "listener",
        _ => new Uri(Url).Authority,
    };

    /// <summary>The state. When several apply, the one that is hardest to undo.</summary>
    public WebhookState State =>
        DisabledAt is not null ? WebhookState.Disabled : PausedAt is not null ? WebhookState.Paused : FailingSince is not null ? WebhookState.Failing : WebhookState.Active;
}

/// <summary>A secret without its value.</summary>
/// <param name="Id"><c>sc_sandbox_</c> or <c>sc_prod_</c> and 22 base64url characters.</param>
/// <param name="CreatedAt">When the secret was created.</param>
/// <param name="IsActive">Whether the secret signs <c>dojo-signature</c>.</param>
/// <param name="SignsUntil">When a replaced secret stops signing together with the active one; null when it does not.</param>
public sealed record WebhookSecretState(string Id, DateTimeOffset CreatedAt, bool IsActive, DateTimeOffset? SignsUntil);

/// <summary>The health of a subscription, computed from its newest attempts of the last <see cref="Days"/> days.</summary>
/// <param name="Attempts">The number of attempts examined, at most <see cref="MostAttempts"/>.</param>
/// <param name="Succeeded">The number of them that were answered with 2xx.</param>
/// <param name="P95">The 95th percentile of their duration; null without attempts.</param>
/// <param name="Waiting">The number of events that wait to be sent, at most <see cref="MostWaiting"/>.</param>
public sealed record WebhookHealth(int Attempts, int Succeeded, TimeSpan? P95, int Waiting)
{
    /// <summary>How many days back attempts are examined.</summary>
    public const int Days = 7;

    /// <summary>The most attempts examined.</summary>
    public const int MostAttempts = 1000;

    /// <summary>The most waiting events counted.</summary>
    public const int MostWaiting = 1000;

    /// <summary>The health of a subscription without attempts or waiting events.</summary>
    public static readonly WebhookHealth None = new(0, 0, null, 0);

    /// <summary>The newest failed attempt; null when none failed.</summary>
    public WebhookFailure? LastFailure { get; init; }

    /// <summary>When an attempt last succeeded; null when none did.</summary>
    public DateTimeOffset? LastSuccessAt { get; init; }

    /// <summary>The fraction of attempts that succeeded, from 0 to 1; null without attempts.</summary>
    public double? SuccessRate => Attempts == 0 ? null : (double)Succeeded / Attempts;
}

/// <summary>An attempt that failed.</summary>
/// <param name="At">When the attempt began.</param>
/// <param name="Status">The HTTP status of the answer; null when there was none.</param>
/// <param name="Error">Why there was no answer, in one word.</param>
public sealed record WebhookFailure(DateTimeOffset At, int? Status, string? Error);

/// <summary>The subscriptions of a location and environment, oldest first.</summary>
/// <param name="Items">The subscriptions.</param>
public sealed record WebhookEndpointList(IReadOnlyList<WebhookEndpoint> Items);

/// <summary>What a member enters for a subscription. It is validated like a request with an API key.</summary>
/// <param name="Url">The URL.</param>
/// <param name="Description">The description; empty for none.</param>
/// <param name="Events">The names of the events.</param>
public sealed record WebhookDraft(string? Url, string? Description, IReadOnlyList<string> Events);

/// <summary>A subscription that was created, with its first secret.</summary>
/// <param name="Id">The id of the subscription.</param>
/// <param name="Url">The URL to which its events are sent.</param>
/// <param name="Secret">The secret, with its value.</param>
public sealed record MadeWebhook(string Id, string Url, WebhookSecret Secret);
