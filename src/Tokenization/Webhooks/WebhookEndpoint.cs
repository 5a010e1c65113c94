using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>Whether a subscription's events are sent.</summary>
public enum WebhookState
{
    /// <summary>They are.</summary>
    Active,

    /// <summary>They are, and the latest attempts have failed.</summary>
    Failing,

    /// <summary>Somebody has paused it: what happens waits.</summary>
    Paused,

    /// <summary>Nothing could be delivered for three days: nothing is queued or sent.</summary>
    Disabled,
}

/// <summary>A subscription as members see it: how it does, and no secret's value.</summary>
public sealed record WebhookEndpoint
{
    /// <summary><c>ws_sandbox_</c> or <c>ws_prod_</c> and 22 base64url characters.</summary>
    public required string Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required Tenant Tenant { get; init; }

    /// <summary>Where its events are sent, as it was given.</summary>
    public required string Url { get; init; }

    /// <summary>The subscriber's description.</summary>
    public string? Description { get; init; }

    /// <summary>The names of its events.</summary>
    public required IReadOnlyList<string> Events { get; init; }

    /// <summary>Its secrets, oldest first; exactly one is active.</summary>
    public required IReadOnlyList<WebhookSecretState> Secrets { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Since when it is paused.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>Since when it is disabled.</summary>
    public DateTimeOffset? DisabledAt { get; init; }

    /// <summary>The first failure since something was delivered last.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>How it does.</summary>
    public required WebhookHealth Health { get; init; }

    /// <summary>Where its events go.</summary>
    public WebhookKind Kind => WebhookUrls.KindOf(Url);

    /// <summary>The host of its URL, by which people tell it from others: what is typed to delete it.</summary>
    public string Host => Kind switch
    {
        WebhookKind.Inspector => "inspector",
        WebhookKind.Listener => "listener",
        _ => new Uri(Url).Authority,
    };

    /// <summary>Of several states that hold, the one that is hardest to undo.</summary>
    public WebhookState State =>
        DisabledAt is not null ? WebhookState.Disabled : PausedAt is not null ? WebhookState.Paused : FailingSince is not null ? WebhookState.Failing : WebhookState.Active;
}

/// <summary>A secret without its value.</summary>
/// <param name="Id"><c>sc_sandbox_</c> or <c>sc_prod_</c> and 22 base64url characters.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="IsActive">Whether it makes <c>dojo-signature</c>.</param>
/// <param name="SignsUntil">Until when it signs beside the active one; null for not at all.</param>
public sealed record WebhookSecretState(string Id, DateTimeOffset CreatedAt, bool IsActive, DateTimeOffset? SignsUntil);

/// <summary>How a subscription does, by its newest attempts of the last <see cref="Days"/> days.</summary>
/// <param name="Attempts">How many were looked at: <see cref="MostAttempts"/> at most.</param>
/// <param name="Succeeded">How many of them were answered with 2xx.</param>
/// <param name="P95">Within which time nineteen of twenty ended; null without any.</param>
/// <param name="Waiting">Events that wait to be sent, <see cref="MostWaiting"/> at most.</param>
public sealed record WebhookHealth(int Attempts, int Succeeded, TimeSpan? P95, int Waiting)
{
    /// <summary>How far back it looks.</summary>
    public const int Days = 7;

    /// <summary>How many attempts it looks at.</summary>
    public const int MostAttempts = 1000;

    /// <summary>How many that wait are counted.</summary>
    public const int MostWaiting = 1000;

    /// <summary>A subscription that nothing was sent for.</summary>
    public static readonly WebhookHealth None = new(0, 0, null, 0);

    /// <summary>The newest attempt that failed; null where none did.</summary>
    public WebhookFailure? LastFailure { get; init; }

    /// <summary>When an attempt succeeded last.</summary>
    public DateTimeOffset? LastSuccessAt { get; init; }

    /// <summary>The part of the attempts that succeeded, from 0 to 1; null without any.</summary>
    public double? SuccessRate => Attempts == 0 ? null : (double)Succeeded / Attempts;
}

/// <summary>An attempt that failed.</summary>
/// <param name="At">When.</param>
/// <param name="Status">The status of the answer; null where there was none.</param>
/// <param name="Error">Why there was none, in a word.</param>
public sealed record WebhookFailure(DateTimeOffset At, int? Status, string? Error);

/// <summary>The subscriptions of a location and environment, oldest first.</summary>
/// <param name="Items">The subscriptions.</param>
public sealed record WebhookEndpointList(IReadOnlyList<WebhookEndpoint> Items);

/// <summary>What a member writes about a subscription. It is validated as what an API key sends.</summary>
/// <param name="Url">The URL.</param>
/// <param name="Description">The description; empty for none.</param>
/// <param name="Events">The names of the events.</param>
public sealed record WebhookDraft(string? Url, string? Description, IReadOnlyList<string> Events);

/// <summary>A subscription that was made, with its first secret.</summary>
/// <param name="Id">The subscription.</param>
/// <param name="Url">Where its events go.</param>
/// <param name="Secret">The secret, with its value.</param>
public sealed record MadeWebhook(string Id, string Url, WebhookSecret Secret);
