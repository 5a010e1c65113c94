using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Metrics;

/// <summary>How the API does for a tenant. Requests without a valid key are nobody's, and in no figure.</summary>
public interface IApiMetrics
{
    /// <summary>The figures of some hours up to now; of the last of them, what is known of it.</summary>
    /// <param name="who">Who asks.</param>
    /// <param name="tenant">Whose figures; of the member's own account.</param>
    /// <param name="hours">How many hours, at most <see cref="MostHours"/>.</param>
    /// <param name="ct">Cancels.</param>
    /// <param name="ago">How many hours ago they end; 0 for now, with the hour that is not over yet.</param>
    Task<Result<ApiMetrics>> ReadAsync(SignedInMember who, Tenant tenant, int hours, CancellationToken ct, int ago = 0);

    /// <summary>What a newcomer has done already in a place, and whether the member put the steps away.</summary>
    Task<Result<FirstSteps>> ReadFirstStepsAsync(SignedInMember who, Tenant tenant, CancellationToken ct);

    /// <summary>The keys that stop working within <see cref="Soon"/>, the next first. For those who may see keys.</summary>
    Task<Result<ExpiringKeys>> ListExpiringKeysAsync(SignedInMember who, Tenant tenant, CancellationToken ct);

    /// <summary>As long as figures are kept: 61 days, so that the last 30, in any zone, can be compared with the 30 before.</summary>
    const int MostHours = 61 * 24;

    /// <summary>Which keys are said to expire.</summary>
    static readonly TimeSpan Soon = TimeSpan.FromDays(30);
}

/// <summary>The requests of an hour.</summary>
/// <param name="From">When the hour began.</param>
/// <param name="Succeeded">How many did what was asked.</param>
/// <param name="Refused">How many were refused (4xx).</param>
/// <param name="Failed">How many failed through our fault (5xx).</param>
public sealed record ApiHour(DateTimeOffset From, long Succeeded, long Refused, long Failed)
{
    /// <summary>All of them.</summary>
    public long Requests => Succeeded + Refused + Failed;
}

/// <summary>How the API did for a tenant over some hours.</summary>
/// <param name="Hours">Each hour, oldest first, those without requests too.</param>
/// <param name="Median">What half of the requests took at most, to 5 %; null without requests.</param>
/// <param name="Slowest">What 99 of 100 requests took at most, to 5 %; null without requests.</param>
public sealed record ApiMetrics(IReadOnlyList<ApiHour> Hours, TimeSpan? Median, TimeSpan? Slowest)
{
    /// <summary>All requests.</summary>
    public long Requests => Hours.Sum(hour => hour.Requests);

    /// <summary>All that were refused.</summary>
    public long Refused => Hours.Sum(hour => hour.Refused);

    /// <summary>All that failed.</summary>
    public long Failed => Hours.Sum(hour => hour.Failed);
}

/// <summary>What a newcomer has done already, in the order in which it is done.</summary>
/// <param name="HasKey">There is, or was, an API key.</param>
/// <param name="HasToken">A token was made.</param>
/// <param name="HasWebhook">An event was delivered to a webhook endpoint, which answered that it took it.</param>
public sealed record FirstSteps(bool HasKey, bool HasToken, bool HasWebhook)
{
    /// <summary>Whether nothing is left to do.</summary>
    public bool AreDone => HasKey && HasToken && HasWebhook;

    /// <summary>Whether the member put them away.</summary>
    public bool AreDismissed { get; init; }

    /// <summary>Whether to show them: until they are done or put away.</summary>
    public bool AreShown => !AreDone && !AreDismissed;
}

/// <summary>A key that stops working soon.</summary>
/// <param name="Key">Which.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="LastFour">The last four characters of its secret.</param>
/// <param name="ExpiresAt">From when on it is refused.</param>
public sealed record ExpiringKey(ApiKeyId Key, string Name, string LastFour, DateTimeOffset ExpiresAt);

/// <summary>The keys that stop working soon.</summary>
/// <param name="Keys">The keys, the next first.</param>
public sealed record ExpiringKeys(IReadOnlyList<ExpiringKey> Keys);
