namespace Dojo.Pci.Tokenization.ApiKeys;

/// <summary>The limits of a key, as a member entered them.</summary>
/// <param name="Scopes">What it may do.</param>
/// <param name="AllowedAddresses">The addresses and networks it may be used from, separated by white space, commas or semicolons; null or empty for all.</param>
/// <param name="ExpiresAt">When it expires; null for never.</param>
public sealed record ApiKeyLimits(ApiKeyScopes Scopes, string? AllowedAddresses = null, DateTimeOffset? ExpiresAt = null);

/// <summary>A key to create, as a member entered it.</summary>
/// <param name="Name">The name of the key.</param>
/// <param name="Limits">What it may do, from where and until when.</param>
/// <param name="FormId">Identifies the form: a form creates one key, however often it is sent.</param>
public sealed record ApiKeyDraft(string? Name, ApiKeyLimits Limits, string FormId);

/// <summary>A key to replace another, with the same scopes and addresses.</summary>
/// <param name="Name">The name of the new key.</param>
/// <param name="ExpiresAt">When the new key expires; null for never.</param>
/// <param name="RetireAt">When the old key retires; null to leave that undecided.</param>
/// <param name="FormId">Identifies the form: a form creates one key, however often it is sent.</param>
public sealed record ApiKeyRoll(string? Name, DateTimeOffset? ExpiresAt, DateTimeOffset? RetireAt, string FormId);

/// <summary>Which keys to list.</summary>
/// <param name="Status">The status of the keys; null for all that are not deleted.</param>
/// <param name="Search">A text that the name or the masked form of the keys contains; null for any.</param>
public sealed record ApiKeyFilter(ApiKeyStatus? Status = null, string? Search = null)
{
    /// <summary>The time zone in which the days of use are counted; null for UTC. An hour belongs to the day in which it begins.</summary>
    public TimeZoneInfo? Zone { get; init; }
}
