using System.Net;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.ApiKeys;

/// <summary>The number of requests of one kind.</summary>
internal sealed record CountedRequests(string Method, string Route, IPAddress? Address, int Status, long Requests, DateTimeOffset LastHour);

/// <summary>The number of requests in an hour.</summary>
internal sealed record CountedHour(DateTimeOffset From, long Requests, long Failed);

/// <summary>The number of requests in a minute with one key from one address.</summary>
internal sealed record CountedMinute(ApiKeyId Key, DateTimeOffset Minute, IPAddress? Address, long Requests);

/// <summary>Reads the usage of API keys, counted by the hour and, for a while, by the minute.</summary>
internal interface IApiKeyUsageStore
{
    /// <summary>Counts the requests of each hour with each key of a tenant, or with one of them. Hours without requests are left out.</summary>
    Task<ILookup<ApiKeyId, CountedHour>> HoursAsync(Tenant tenant, ApiKeyId? key, DateTimeOffset from, CancellationToken ct);

    /// <summary>Counts the requests with a key since the beginning of an hour, by kind.</summary>
    Task<IReadOnlyList<CountedRequests>> KindsAsync(Tenant tenant, ApiKeyId key, DateTimeOffset from, CancellationToken ct);

    /// <summary>Counts the requests with two keys since the beginning of a minute, by minute and address.</summary>
    Task<IReadOnlyList<CountedMinute>> MinutesAsync(Tenant tenant, ApiKeyId first, ApiKeyId second, DateTimeOffset from, CancellationToken ct);

    /// <summary>Lists the newest requests of some kinds, at most <paramref name="mostOfEach"/> of each, from the last hour of that kind.</summary>
    Task<IReadOnlyList<RefusedExample>> NewestAsync(Tenant tenant, ApiKeyId key, IReadOnlyList<CountedRequests> kinds, int mostOfEach, CancellationToken ct);
}
