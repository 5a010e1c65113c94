namespace Dojo.Pci.Tokenization.ApiKeys;

/// <summary>What a key may do, from where and until when, as a member wrote it.</summary>
/// <param name="Scopes">What it may do.</param>
/// <param name="AllowedAddresses">Addresses and networks, separated by lines, spaces or commas; empty for all.</param>
/// <param name="ExpiresAt">From when on it is refused; null for never.</param>
public sealed record ApiKeyLimits(ApiKeyScopes Scopes, string? AllowedAddresses = null, DateTimeOffset? ExpiresAt = null);

/// <summary>A key to be made, as a member wrote it.</summary>
/// <param name="Name">What it is to be called.</param>
/// <param name="Limits">What it may do, from where and until when.</param>
/// <param name="FormId">Names the form it was written on: a form makes one key, however often it is sent.</param>
public sealed record ApiKeyDraft(string? Name, ApiKeyLimits Limits, string FormId);

/// <summary>A key to take the place of another, with the same scopes and addresses.</summary>
/// <param name="Name">What the new key is to be called.</param>
/// <param name="ExpiresAt">From when on the new key is refused; null for never.</param>
/// <param name="RetireAt">From when on the old key is refused; null while that is not decided.</param>
/// <param name="FormId">Names the form it was written on: a form makes one key, however often it is sent.</param>
public sealed record ApiKeyRoll(string? Name, DateTimeOffset? ExpiresAt, DateTimeOffset? RetireAt, string FormId);

/// <summary>Which keys to list. What is null does not filter.</summary>
/// <param name="Status">Only keys with this status; null for all that are not deleted.</param>
/// <param name="Search">Only keys with this in their name or among their last four characters.</param>
public sealed record ApiKeyFilter(ApiKeyStatus? Status = null, string? Search = null)
{
    /// <summary>In which time zone the days of use are counted; null for UTC. An hour belongs to the day in which it begins.</summary>
    public TimeZoneInfo? Zone { get; init; }
}
