using System.Collections.Concurrent;
using Dojo.Pci.Tokenization.Nodes;

namespace Dojo.Pci.Tokenization.Accounts;

/// <summary>The settings of locations, remembered for a moment, and the time it is for a tenant.</summary>
internal sealed class LocationDirectory(IAccountStore store, INodes nodes, TimeProvider clock)
{
    // What another node changed is seen after this at the latest.
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
            // Perhaps read before a change and remembered after it: a clock would seem to go back.
            _recent.TryRemove(tenant.Location, out _);
        }

        return location;
    }

    // Another node may have moved the sandbox's clock a moment ago, and the caller have been told: then no other may answer by an earlier time.
    private bool MayHaveMoved(Tenant tenant) => tenant.Environment == TenantEnvironment.Sandbox && nodes.Count > 1;

    /// <summary>The real time in whole microseconds: for leases, which no sandbox's clock may end.</summary>
    public DateTimeOffset RealNow => UnixTime.Truncate(clock.GetUtcNow());

    /// <summary>The time in whole microseconds: in the sandbox, that of the location's own clock (DESIGN D18).</summary>
    public async ValueTask<DateTimeOffset> NowAsync(Tenant tenant, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return UnixTime.Truncate(tenant.Environment == TenantEnvironment.Sandbox ? now + (await GetAsync(tenant, ct)).SandboxAhead : now);
    }

    /// <summary>To be called after a change of a location's settings.</summary>
    public void Forget(LocationId location)
    {
        Interlocked.Increment(ref _changes);
        _recent.TryRemove(location, out _);
    }
}
