using System.Net;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.ApiKeys;

/// <summary>Requests of one kind, counted.</summary>
internal sealed record CountedRequests(string Method, string Route, IPAddress? Address, int Status, long Requests, DateTimeOffset LastHour);

/// <summary>Requests of an hour, counted.</summary>
internal sealed record CountedHour(DateTimeOffset From, long Requests, long Failed);

/// <summary>Requests of a minute, counted.</summary>
internal sealed record CountedMinute(ApiKeyId Key, DateTimeOffset Minute, IPAddress? Address, long Requests);

/// <summary>The use of API keys, counted by the hour and, for a while, by the minute.</summary>
internal interface IApiKeyUsageStore
{
    /// <summary>The requests of each hour with each key of a tenant, or with one of them; hours without any are left out.</summary>
    Task<ILookup<ApiKeyId, CountedHour>> HoursAsync(Tenant tenant, ApiKeyId? key, DateTimeOffset from, CancellationToken ct);

    /// <summary>The requests with a key since an hour, by kind.</summary>
    Task<IReadOnlyList<CountedRequests>> KindsAsync(Tenant tenant, ApiKeyId key, DateTimeOffset from, CancellationToken ct);

    /// <summary>The requests with two keys since a minute, by minute and address.</summary>
    Task<IReadOnlyList<CountedMinute>> MinutesAsync(Tenant tenant, ApiKeyId first, ApiKeyId second, DateTimeOffset from, CancellationToken ct);

    /// <summary>The newest requests of some kinds, at most so many of each, from the last hour in which there was one.</summary>
    Task<IReadOnlyList<RefusedExample>> NewestAsync(Tenant tenant, ApiKeyId key, IReadOnlyList<CountedRequests> kinds, int mostOfEach, CancellationToken ct);
}
