using System.Net;

namespace Dojo.Pci.Tokenization.ApiKeys;

/// <summary>The status of a key in its life cycle.</summary>
public enum ApiKeyStatus
{
    /// <summary>The key is accepted.</summary>
    Active,

    /// <summary>The key is accepted, but expires soon.</summary>
    ExpiresSoon,

    /// <summary>The key is accepted until a chosen instant.</summary>
    Retiring,

    /// <summary>The key is refused, which can be undone for a while.</summary>
    Retired,

    /// <summary>The key has expired and is refused.</summary>
    Expired,

    /// <summary>The key is refused permanently.</summary>
    Deleted,
}

/// <summary>An API key as shown to those who manage it.</summary>
public sealed record ManagedApiKey
{
    /// <summary>How long before its expiry a key has the status <see cref="ApiKeyStatus.ExpiresSoon"/>.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromDays(7);

    /// <summary>How long after taking effect a retirement can be undone, and an expiry postponed.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromHours(24);

    /// <summary>The key.</summary>
    public required ApiKey Key { get; init; }

    /// <summary>The actor who made it: <c>member:7</c>, or <c>operator</c> for the command line.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The name of the member who made it; null when no member made it.</summary>
    public string? CreatedByName { get; init; }

    /// <summary>When it was deleted; null if it was not.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>The key to which it was rolled; null for none.</summary>
    public ApiKeyId? Successor { get; init; }

    /// <summary>The key that was rolled to it; null for none.</summary>
    public ApiKeyId? Predecessor { get; init; }

    /// <summary>When the last request with it arrived, refused or not; null for never.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>The address from which the last request came; null when it is not known.</summary>
    public IPAddress? LastUsedFrom { get; init; }

    /// <summary>When a secret scanner first reported that it is public; null for never.</summary>
    public DateTimeOffset? LeakedAt { get; init; }

    /// <summary>Returns the status at an instant: if several apply, the one that is hardest to undo.</summary>
    public ApiKeyStatus StatusAt(DateTimeOffset now) =>
        DeletedAt is not null ? ApiKeyStatus.Deleted
        : Key.ExpiresAt <= now ? ApiKeyStatus.Expired
        : Key.RetiresAt <= now ? ApiKeyStatus.Retired
        : Key.RetiresAt is not null ? ApiKeyStatus.Retiring
        : Key.ExpiresAt - now <= Soon ? ApiKeyStatus.ExpiresSoon
        : ApiKeyStatus.Active;

    /// <summary>Whether its retirement, planned or in effect, can still be undone.</summary>
    public bool CanComeBackAt(DateTimeOffset now) => DeletedAt is null && Key.RetiresAt is { } retires && now < retires + Grace;

    /// <summary>Whether it can still be given another expiry: until <see cref="Grace"/> after it expired.</summary>
    public bool CanExpireLaterAt(DateTimeOffset now) => DeletedAt is null && !(Key.ExpiresAt + Grace <= now);
}
