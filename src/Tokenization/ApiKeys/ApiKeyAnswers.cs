using System.Net;

namespace Dojo.Pci.Tokenization.ApiKeys;

/// <summary>A key as a line of a list.</summary>
/// <param name="Key">The key.</param>
/// <param name="Status">Its status now.</param>
/// <param name="Days">The requests of the last seven days in the zone asked for, today last.</param>
public sealed record ListedApiKey(ManagedApiKey Key, ApiKeyStatus Status, IReadOnlyList<long> Days);

/// <summary>A list of keys.</summary>
/// <param name="Keys">Those that were asked for, newest first.</param>
/// <param name="Total">How many there are that are not deleted.</param>
public sealed record ApiKeyList(IReadOnlyList<ListedApiKey> Keys, int Total);

/// <summary>A new key with its secret, which exists nowhere else.</summary>
/// <param name="Key">The key.</param>
/// <param name="Secret">To be shown to its owner once.</param>
public sealed record MadeApiKey(ManagedApiKey Key, ApiKeySecret Secret);

/// <summary>The requests of a day.</summary>
/// <param name="Day">The day, in UTC.</param>
/// <param name="Requests">How many.</param>
/// <param name="Failed">How many of them were answered with an error.</param>
public sealed record ApiKeyDay(DateOnly Day, long Requests, long Failed);

/// <summary>What a key was used for.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Route">The pattern of the route.</param>
/// <param name="Scope">What a key must be allowed to do for it; null where no operation has this method and route.</param>
/// <param name="Requests">How many requests.</param>
/// <param name="LastHour">The hour of the last of them.</param>
public sealed record UsedOperation(string Method, string Route, ApiKeyScopes? Scope, long Requests, DateTimeOffset LastHour);

/// <summary>Where a key was used from.</summary>
/// <param name="Address">The address; null where it is not known.</param>
/// <param name="Requests">How many requests.</param>
/// <param name="LastHour">The hour of the last of them.</param>
public sealed record UsedAddress(IPAddress? Address, long Requests, DateTimeOffset LastHour);

/// <summary>How a key was used in the last <see cref="DaysCounted"/> days.</summary>
/// <param name="Days">Each day, today last.</param>
/// <param name="Operations">The operations, most used first.</param>
/// <param name="Addresses">The most used addresses, most used first.</param>
/// <param name="AddressCount">How many addresses there are in all.</param>
/// <param name="UnusedScopes">What it may do and did not.</param>
/// <param name="IsYoung">Whether the key is younger than the days that are counted: what it did not do yet says nothing.</param>
public sealed record ApiKeyUsageReport(
    IReadOnlyList<ApiKeyDay> Days, IReadOnlyList<UsedOperation> Operations, IReadOnlyList<UsedAddress> Addresses, int AddressCount, ApiKeyScopes UnusedScopes, bool IsYoung)
{
    /// <summary>How far back it goes.</summary>
    public const int DaysCounted = 30;
}

/// <summary>What limits would have done to the requests of the last seven days.</summary>
/// <param name="Requests">The requests that passed the limits of the key as it is.</param>
/// <param name="Refused">How many of them the scopes and addresses would have refused.</param>
/// <param name="EndsSooner">Whether the key would expire sooner than it does: from then on it refuses every request.</param>
/// <param name="Affected">What would have failed; where the key only ends sooner, everything it is used for.</param>
public sealed record ApiKeyDryRun(long Requests, long Refused, bool EndsSooner, AffectedUse Affected);

/// <summary>What fails where a key is limited or deleted, by the requests of the last <see cref="DaysCounted"/> days.</summary>
/// <param name="Requests">How many requests would have failed.</param>
/// <param name="Operations">The operations, most used first.</param>
/// <param name="Addresses">The most used addresses, most used first.</param>
/// <param name="AddressCount">How many addresses there are in all.</param>
/// <param name="Examples">Some of the requests, newest first.</param>
public sealed record AffectedUse(
    long Requests, IReadOnlyList<UsedOperation> Operations, IReadOnlyList<UsedAddress> Addresses, int AddressCount, IReadOnlyList<RefusedExample> Examples)
{
    /// <summary>How far back it goes.</summary>
    public const int DaysCounted = 7;
}

/// <summary>A request that would have been refused.</summary>
/// <param name="At">When it arrived.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Route">The pattern of the route.</param>
/// <param name="Address">Where it came from, if that is known.</param>
public sealed record RefusedExample(DateTimeOffset At, string Method, string Route, IPAddress? Address);

/// <summary>What still uses a key, and what already uses the one that takes its place.</summary>
/// <param name="FirstMinute">The first minute that is counted.</param>
/// <param name="Old">The key that was rolled.</param>
/// <param name="New">Its successor.</param>
public sealed record RollMeter(DateTimeOffset FirstMinute, MeteredApiKey Old, MeteredApiKey New)
{
    /// <summary>How many minutes are counted; the last of them is under way.</summary>
    public const int Minutes = 10;
}

/// <summary>The requests with a key, minute by minute.</summary>
/// <param name="Key">The key.</param>
/// <param name="PerMinute">All requests of each minute.</param>
/// <param name="Addresses">The busiest addresses, busiest first.</param>
/// <param name="AddressCount">How many addresses there are in all.</param>
public sealed record MeteredApiKey(ManagedApiKey Key, IReadOnlyList<long> PerMinute, IReadOnlyList<MeteredAddress> Addresses, int AddressCount);

/// <summary>The requests from an address, minute by minute.</summary>
/// <param name="Address">The address; null where it is not known.</param>
/// <param name="PerMinute">The requests of each minute.</param>
public sealed record MeteredAddress(IPAddress? Address, IReadOnlyList<long> PerMinute);
