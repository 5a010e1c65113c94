using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.RequestExplorer;

/// <summary>Summarizes the log: which errors occurred, and how long requests took. Refusals are those of <see cref="IRequestExplorer"/>.</summary>
public interface IRequestInsight
{
    /// <summary>Lists the refused and failed requests of a period, grouped by cause, the latest first.</summary>
    /// <param name="who">The member who asks.</param>
    /// <param name="tenant">The tenant that made the requests.</param>
    /// <param name="from">The first instant of the period, which ends now.</param>
    /// <param name="ct">Cancels the operation.</param>
    Task<Result<RequestErrors>> ListErrorsAsync(SignedInMember who, Tenant tenant, DateTimeOffset from, CancellationToken ct);

    /// <summary>Marks a group of errors as seen, for all members of the account. The group is new again when the error next occurs.</summary>
    Task<Result<RequestErrors>> MarkSeenAsync(SignedInMember who, Tenant tenant, RequestErrorCause cause, DateTimeOffset from, CancellationToken ct);

    /// <summary>Lists how long the requests of a period took, by route and key, the slowest first. Percentiles are exact to within 5 %.</summary>
    Task<Result<RequestLatencies>> ListLatenciesAsync(SignedInMember who, Tenant tenant, DateTimeOffset from, CancellationToken ct);
}

/// <summary>What the refused or failed requests of a group have in common.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Refusal">The refused fields, or the name of the status.</param>
/// <param name="Key">The API key of the requests; null if they had none.</param>
public sealed record RequestErrorCause(int Status, string Refusal, ApiKeyId? Key);

/// <summary>A group of errors.</summary>
/// <param name="Cause">What the errors have in common.</param>
/// <param name="Key">The name of the key; null without a key.</param>
/// <param name="Routes">The routes that were called.</param>
/// <param name="Count">The number of errors in the period.</param>
/// <param name="FirstAt">When the first error occurred, as far as the log goes back.</param>
/// <param name="LastAt">When the last error occurred.</param>
/// <param name="ExampleId">The number of the last of these requests in the log.</param>
/// <param name="Trend">The number of errors in each part of the period, oldest first.</param>
/// <param name="SeenAt">When a member last marked the group as seen; null for never.</param>
public sealed record RequestErrorGroup(
    RequestErrorCause Cause, KeyLabel? Key, IReadOnlyList<string> Routes, long Count, DateTimeOffset FirstAt, DateTimeOffset LastAt, long ExampleId, IReadOnlyList<long> Trend, DateTimeOffset? SeenAt)
{
    /// <summary>Whether an error occurred since a member last marked the group as seen.</summary>
    public bool IsNew => SeenAt is null || LastAt > SeenAt;
}

/// <summary>Groups of errors.</summary>
/// <param name="Groups">The groups, the latest first.</param>
public sealed record RequestErrors(IReadOnlyList<RequestErrorGroup> Groups);

/// <summary>How long the requests of one method, route and key took.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Route">The route.</param>
/// <param name="Key">The key; null without one.</param>
/// <param name="Count">The number of requests.</param>
/// <param name="P50">The 50th percentile (median).</param>
/// <param name="P95">The 95th percentile.</param>
/// <param name="P99">The 99th percentile.</param>
/// <param name="Longest">The longest duration.</param>
public sealed record RequestLatency(string Method, string Route, KeyLabel? Key, long Count, TimeSpan P50, TimeSpan P95, TimeSpan P99, TimeSpan Longest);

/// <summary>Latencies by route and key.</summary>
/// <param name="Rows">One row for each method, route and key, the slowest p99 first.</param>
public sealed record RequestLatencies(IReadOnlyList<RequestLatency> Rows);
