using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.RequestExplorer;

/// <summary>What the log tells in sum: which errors there are, and how long requests take. Refusals are those of <see cref="IRequestExplorer"/>.</summary>
public interface IRequestInsight
{
    /// <summary>The refused and failed requests of a time, grouped by what caused them; the latest first.</summary>
    /// <param name="who">Who asks.</param>
    /// <param name="tenant">Whose requests.</param>
    /// <param name="from">The first instant; the time ends now.</param>
    /// <param name="ct">Cancels.</param>
    Task<Result<RequestErrors>> ListErrorsAsync(SignedInMember who, Tenant tenant, DateTimeOffset from, CancellationToken ct);

    /// <summary>Notes that a group of errors was looked at: it is new again once it happens again. For all members of the account.</summary>
    Task<Result<RequestErrors>> MarkSeenAsync(SignedInMember who, Tenant tenant, RequestErrorCause cause, DateTimeOffset from, CancellationToken ct);

    /// <summary>How long requests of a time took, by route and key, the slowest first. Percentiles are known to 5 %.</summary>
    Task<Result<RequestLatencies>> ListLatenciesAsync(SignedInMember who, Tenant tenant, DateTimeOffset from, CancellationToken ct);
}

/// <summary>What refused or failed requests have in common.</summary>
/// <param name="Status">The status.</param>
/// <param name="Refusal">The refused fields, or the name of the status.</param>
/// <param name="Key">The key they were made with; null without one.</param>
public sealed record RequestErrorCause(int Status, string Refusal, ApiKeyId? Key);

/// <summary>A group of errors.</summary>
/// <param name="Cause">What they have in common.</param>
/// <param name="Key">What the key is called; null without one.</param>
/// <param name="Routes">To which routes.</param>
/// <param name="Count">How many in the time.</param>
/// <param name="FirstAt">When the first was, as far as the log goes back.</param>
/// <param name="LastAt">When the last was.</param>
/// <param name="ExampleId">The number of the last one in the log.</param>
/// <param name="Trend">How many in each part of the time, oldest first.</param>
/// <param name="SeenAt">When somebody last said that they had looked at it; null for never.</param>
public sealed record RequestErrorGroup(
    RequestErrorCause Cause, KeyLabel? Key, IReadOnlyList<string> Routes, long Count, DateTimeOffset FirstAt, DateTimeOffset LastAt, long ExampleId, IReadOnlyList<long> Trend, DateTimeOffset? SeenAt)
{
    /// <summary>Whether any came since somebody looked.</summary>
    public bool IsNew => SeenAt is null || LastAt > SeenAt;
}

/// <summary>Groups of errors.</summary>
/// <param name="Groups">The groups, the latest first.</param>
public sealed record RequestErrors(IReadOnlyList<RequestErrorGroup> Groups);

/// <summary>How long requests of one kind took.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Route">The route.</param>
/// <param name="Key">The key; null without one.</param>
/// <param name="Count">How many.</param>
/// <param name="P50">What half of them took at most.</param>
/// <param name="P95">What 95 of 100 took at most.</param>
/// <param name="P99">What 99 of 100 took at most.</param>
/// <param name="Longest">The longest.</param>
public sealed record RequestLatency(string Method, string Route, KeyLabel? Key, long Count, TimeSpan P50, TimeSpan P95, TimeSpan P99, TimeSpan Longest);

/// <summary>How long requests took.</summary>
/// <param name="Rows">By route and key, the slowest p99 first.</param>
public sealed record RequestLatencies(IReadOnlyList<RequestLatency> Rows);
