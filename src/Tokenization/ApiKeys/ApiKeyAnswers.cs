using System.Net;

namespace Dojo.Pci.Tokenization.ApiKeys;

/// <summary>A key in a list.</summary>
/// <param name="Key">The key.</param>
/// <param name="Status">Its status now.</param>
/// <param name="Days">The number of requests on each of the last seven days in the requested time zone, today last.</param>
public sealed record ListedApiKey(ManagedApiKey Key, ApiKeyStatus Status, IReadOnlyList<long> Days);

/// <summary>A list of keys.</summary>
/// <param name="Keys">The requested keys, newest first.</param>
/// <param name="Total">The number of all keys that are not deleted.</param>
public sealed record ApiKeyList(IReadOnlyList<ListedApiKey> Keys, int Total);

/// <summary>A new key with its secret, which exists nowhere else.</summary>
/// <param name="Key">The key.</param>
/// <param name="Secret">The secret, to be shown to its owner once.</param>
public sealed record MadeApiKey(ManagedApiKey Key, ApiKeySecret Secret);

/// <summary>The number of requests on a day.</summary>
/// <param name="Day">The day, in the requested time zone.</param>
/// <param name="Requests">The number of requests.</param>
/// <param name="Failed">The number of requests that were answered with an error.</param>
public sealed record ApiKeyDay(DateOnly Day, long Requests, long Failed);

/// <summary>An operation for which a key was used.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Route">The pattern of the route.</param>
/// <param name="Scope">The scope that it requires; null when no operation that needs a key has this method and route.</param>
/// <param name="Requests">The number of requests.</param>
/// <param name="LastHour">The hour of the last request.</param>
public sealed record UsedOperation(string Method, string Route, ApiKeyScopes? Scope, long Requests, DateTimeOffset LastHour);

/// <summary>An address from which a key was used.</summary>
/// <param name="Address">The address; null when it is not known.</param>
/// <param name="Requests">The number of requests.</param>
/// <param name="LastHour">The hour of the last request.</param>
public sealed record UsedAddress(IPAddress? Address, long Requests, DateTimeOffset LastHour);

/// <summary>How a key was used in the last <see cref="DaysCounted"/> days.</summary>
/// <param name="Days">Each day, today last.</param>
/// <param name="Operations">The operations, most used first.</param>
/// <param name="Addresses">The most used addresses, most used first.</param>
/// <param name="AddressCount">The number of all addresses.</param>
/// <param name="UnusedScopes">The scopes that the key has and did not use.</param>
/// <param name="IsYoung">Whether the key is younger than the counted days, so that its unused scopes mean little.</param>
public sealed record ApiKeyUsageReport(
    IReadOnlyList<ApiKeyDay> Days, IReadOnlyList<UsedOperation> Operations, IReadOnlyList<UsedAddress> Addresses, int AddressCount, ApiKeyScopes UnusedScopes, bool IsYoung)
{
    /// <summary>The number of days counted.</summary>
    public const int DaysCounted = 30;
}

/// <summary>What new limits would have done to the requests of the last seven days.</summary>
/// <param name="Requests">The number of requests that passed the current limits of the key.</param>
/// <param name="Refused">The number of these that the new scopes and addresses would have refused.</param>
/// <param name="EndsSooner">Whether the key would expire sooner than now; after its expiry every request is refused.</param>
/// <param name="Affected">What would have failed; if the key would only expire sooner, everything for which it is used.</param>
public sealed record ApiKeyDryRun(long Requests, long Refused, bool EndsSooner, AffectedUse Affected);

/// <summary>What would fail if a key were limited or deleted, judged by the requests of the last <see cref="DaysCounted"/> days.</summary>
/// <param name="Requests">The number of requests that would have failed.</param>
/// <param name="Operations">The operations, most used first.</param>
/// <param name="Addresses">The most used addresses, most used first.</param>
/// <param name="AddressCount">The number of all addresses.</param>
/// <param name="Examples">Some of the requests, newest first.</param>
public sealed record AffectedUse(
    long Requests, IReadOnlyList<UsedOperation> Operations, IReadOnlyList<UsedAddress> Addresses, int AddressCount, IReadOnlyList<RefusedExample> Examples)
{
    /// <summary>The number of days counted.</summary>
    public const int DaysCounted = 7;
}

/// <summary>A request that would have been refused.</summary>
/// <param name="At">When it arrived.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Route">The pattern of the route.</param>
/// <param name="Address">The address from which it came; null when it is not known.</param>
public sealed record RefusedExample(DateTimeOffset At, string Method, string Route, IPAddress? Address);

/// <summary>The requests that still use a rolled key, and those that already use its successor.</summary>
/// <param name="FirstMinute">The first minute counted.</param>
/// <param name="Old">The key that was rolled.</param>
/// <param name="New">Its successor.</param>
public sealed record RollMeter(DateTimeOffset FirstMinute, MeteredApiKey Old, MeteredApiKey New)
{
    /// <summary>The number of minutes counted; the last one is the current minute.</summary>
    public const int Minutes = 10;
}

/// <summary>The requests with a key, minute by minute.</summary>
/// <param name="Key">The key.</param>
/// <param name="PerMinute">The number of requests in each minute, from all addresses.</param>
/// <param name="Addresses">The busiest addresses, busiest first.</param>
/// <param name="AddressCount">The number of all addresses.</param>
public sealed record MeteredApiKey(ManagedApiKey Key, IReadOnlyList<long> PerMinute, IReadOnlyList<MeteredAddress> Addresses, int AddressCount);

/// <summary>The requests from an address, minute by minute.</summary>
/// <param name="Address">The address; null when it is not known.</param>
/// <param name="PerMinute">The number of requests in each minute.</param>
public sealed record MeteredAddress(IPAddress? Address, IReadOnlyList<long> PerMinute);
