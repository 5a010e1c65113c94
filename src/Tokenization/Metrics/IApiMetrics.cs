using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Metrics;

/// <summary>Reads how the API performs for a tenant. Requests without a valid key belong to no tenant and are not counted.</summary>
public interface IApiMetrics
{
    /// <summary>Reads the metrics of a number of hours.</summary>
    /// <param name="who">The member.</param>
    /// <param name="tenant">The tenant, of the member's own account.</param>
    /// <param name="hours">The number of hours, at most <see cref="MostHours"/>.</param>
    /// <param name="ct">Cancels the query.</param>
    /// <param name="ago">How many hours ago the last of them is; 0 for the current hour, whose counts are incomplete.</param>
    Task<Result<ApiMetrics>> ReadAsync(SignedInMember who, Tenant tenant, int hours, CancellationToken ct, int ago = 0);

    /// <summary>Reads which first steps a tenant has taken, and whether the member has dismissed them.</summary>
    Task<Result<FirstSteps>> ReadFirstStepsAsync(SignedInMember who, Tenant tenant, CancellationToken ct);

    /// <summary>Lists the keys that expire within <see cref="Soon"/>, the earliest first. For members who may see keys.</summary>
    Task<Result<ExpiringKeys>> ListExpiringKeysAsync(SignedInMember who, Tenant tenant, CancellationToken ct);

    /// <summary>How long metrics are kept: 61 days, so that the last 30, in any time zone, can be compared with the 30 before.</summary>
    const int MostHours = 61 * 24;

    /// <summary>How long before its expiry a key is listed as expiring.</summary>
    static readonly TimeSpan Soon = TimeSpan.FromDays(30);
}

/// <summary>The requests of an hour.</summary>
/// <param name="From">When the hour began.</param>
/// <param name="Succeeded">The number of requests that succeeded.</param>
/// <param name="Refused">The number that were refused (4xx).</param>
/// <param name="Failed">The number that failed because of a fault of the service (5xx).</param>
public sealed record ApiHour(DateTimeOffset From, long Succeeded, long Refused, long Failed)
{
    /// <summary>The number of all requests of the hour.</summary>
    public long Requests => Succeeded + Refused + Failed;
}

/// <summary>The metrics of the API for a tenant over a number of hours.</summary>
/// <param name="Hours">Each hour, oldest first, including those without requests.</param>
/// <param name="Median">The median duration of a request, to 5 %; null without requests.</param>
/// <param name="Slowest">The 99th percentile of the duration, to 5 %; null without requests.</param>
public sealed record ApiMetrics(IReadOnlyList<ApiHour> Hours, TimeSpan? Median, TimeSpan? Slowest)
{
    /// <summary>The number of all requests.</summary>
    public long Requests => Hours.Sum(hour => hour.Requests);

    /// <summary>The number of refused requests.</summary>
    public long Refused => Hours.Sum(hour => hour.Refused);

    /// <summary>The number of failed requests.</summary>
    public long Failed => Hours.Sum(hour => hour.Failed);
}

/// <summary>The first steps that a new tenant has taken, in their order.</summary>
/// <param name="HasKey">Whether an API key was made; it may be deleted since.</param>
/// <param name="HasToken">Whether a token was made.</param>
/// <param name="HasWebhook">Whether a webhook endpoint has accepted an event.</param>
public sealed record FirstSteps(bool HasKey, bool HasToken, bool HasWebhook)
{
    /// <summary>Whether all steps are done.</summary>
    public bool AreDone => HasKey && HasToken && HasWebhook;

    /// <summary>Whether the member has dismissed the steps.</summary>
    public bool AreDismissed { get; init; }

    /// <summary>Whether to show the steps: until they are done or dismissed.</summary>
    public bool AreShown => !AreDone && !AreDismissed;
}

/// <summary>A key that expires soon.</summary>
/// <param name="Key">The id of the key.</param>
/// <param name="Name">The name that its owner gave it.</param>
/// <param name="LastFour">The last four characters of its secret.</param>
/// <param name="ExpiresAt">When it expires.</param>
public sealed record ExpiringKey(ApiKeyId Key, string Name, string LastFour, DateTimeOffset ExpiresAt);

/// <summary>The keys that expire soon.</summary>
/// <param name="Keys">The keys, the earliest first.</param>
public sealed record ExpiringKeys(IReadOnlyList<ExpiringKey> Keys);
