using System.Net;

namespace Dojo.Pci.Tokenization.ApiKeys;

/// <summary>Where a key is in its life.</summary>
public enum ApiKeyStatus
{
    /// <summary>It is taken.</summary>
    Active,

    /// <summary>It is taken, but not for long.</summary>
    ExpiresSoon,

    /// <summary>It is taken until an instant that was chosen.</summary>
    Retiring,

    /// <summary>It is refused, which can be undone for a while.</summary>
    Retired,

    /// <summary>It is refused since its expiry.</summary>
    Expired,

    /// <summary>It is refused for good.</summary>
    Deleted,
}

/// <summary>A key as those see it who look after it.</summary>
public sealed record ManagedApiKey
{
    /// <summary>How long before its expiry a key is said to expire soon.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromDays(7);

    /// <summary>How long after it took effect a retirement can be undone, and an expiry put off.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromHours(24);

    /// <summary>The key.</summary>
    public required ApiKey Key { get; init; }

    /// <summary>Who made it: <c>member:7</c>, or <c>operator</c> for the command line.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>What the member is called who made it; null for who is no member.</summary>
    public string? CreatedByName { get; init; }

    /// <summary>When it was deleted; null while it is there.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>The key it was rolled to.</summary>
    public ApiKeyId? Successor { get; init; }

    /// <summary>The key that was rolled to it.</summary>
    public ApiKeyId? Predecessor { get; init; }

    /// <summary>When the last request with it arrived, refused or not; null when none did.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>Where the last request came from, if that is known.</summary>
    public IPAddress? LastUsedFrom { get; init; }

    /// <summary>When a secret scanner first reported that it is public; null for never.</summary>
    public DateTimeOffset? LeakedAt { get; init; }

    /// <summary>Its status at an instant: of several that hold, the one that is hardest to undo.</summary>
    public ApiKeyStatus StatusAt(DateTimeOffset now) =>
        DeletedAt is not null ? ApiKeyStatus.Deleted
        : Key.ExpiresAt <= now ? ApiKeyStatus.Expired
        : Key.RetiresAt <= now ? ApiKeyStatus.Retired
        : Key.RetiresAt is not null ? ApiKeyStatus.Retiring
        : Key.ExpiresAt - now <= Soon ? ApiKeyStatus.ExpiresSoon
        : ApiKeyStatus.Active;

    /// <summary>Whether its retirement, under way or done, can still be undone.</summary>
    public bool CanComeBackAt(DateTimeOffset now) => DeletedAt is null && Key.RetiresAt is { } retires && now < retires + Grace;

    /// <summary>Whether it can still be given another expiry: not long after it has expired.</summary>
    public bool CanExpireLaterAt(DateTimeOffset now) => DeletedAt is null && !(Key.ExpiresAt + Grace <= now);
}
