using System.Collections.Concurrent;
using Dojo.Pci.Tokenization.Nodes;

namespace Dojo.Pci.Tokenization.Accounts;

/// <summary>Caches the settings of locations for a few seconds, and tells the current time of a tenant.</summary>
internal sealed class LocationDirectory(IAccountStore store, INodes nodes, TimeProvider clock)
{
    // Changes by another node are seen after this time at the latest.
    private static readonly TimeSpan s_trustedFor = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<LocationId, (Location Location, long Since)> _recent = new();
    private int _changes;

    public async ValueTask<Location> GetAsync(Tenant tenant, CancellationToken ct)
    {
        if (_recent.TryGetValue(tenant.Location, out var recent) && clock.GetElapsedTime(recent.Since) < s_trustedFor && !MayHaveMoved(tenant))
        {
            return recent.Location;
        }

        var (since, changes) = (clock.GetTimestamp(), Volatile.Read(ref _changes));
        var location = await store.GetLocationAsync(tenant, ct);
        _recent[tenant.Location] = (location, since);
        if (Volatile.Read(ref _changes) != changes)
        {
            // The location may have been read before a change and cached after it: a clock would seem to go back.
            _recent.TryRemove(tenant.Location, out _);
        }

        return location;
    }

    // Another node may just have moved the sandbox's clock and told the caller so; this node must not answer with an earlier time then.
    private bool MayHaveMoved(Tenant tenant) => tenant.Environment == TenantEnvironment.Sandbox && nodes.Count > 1;

    /// <summary>The real time in whole microseconds: for example for leases, which a sandbox's clock must not end.</summary>
    public DateTimeOffset RealNow => UnixTime.Truncate(clock.GetUtcNow());

    /// <summary>Returns the tenant's time in whole microseconds: in a sandbox, that of the location's own clock (DESIGN D18).</summary>
    public async ValueTask<DateTimeOffset> NowAsync(Tenant tenant, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return UnixTime.Truncate(tenant.Environment == TenantEnvironment.Sandbox ? now + (await GetAsync(tenant, ct)).SandboxAhead : now);
    }

    /// <summary>Removes a location from the cache. Call this after a change of its settings.</summary>
    public void Forget(LocationId location)
    {
        Interlocked.Increment(ref _changes);
        _recent.TryRemove(location, out _);
    }
}
