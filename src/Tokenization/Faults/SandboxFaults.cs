using System.Collections.Concurrent;
using System.Security.Cryptography;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Faults;

/// <summary>Caches the faults of sandboxes for a few seconds, so that the requests of a sandbox without faults cost only a lookup in memory.</summary>
internal sealed class SandboxFaults(IFaultStore store, SandboxGate gate, TimeProvider clock) : ISandboxFaults
{
    private const int All = 100;

    // Changes by another node are seen after this time at the latest.
    private static readonly TimeSpan s_trustedFor = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<LocationId, (ActiveFaults? Faults, long Since)> _recent = new();
    private int _changes;

    public async Task<ActiveFaults?> FindAsync(Tenant tenant, CancellationToken ct) =>
        tenant.Environment == TenantEnvironment.Sandbox && await store.FindAsync(tenant, ct) is { } faults && !IsOver(faults) ? faults : null;

    public async ValueTask<ActiveFaults?> PeekAsync(Tenant tenant) =>
        tenant.Environment == TenantEnvironment.Sandbox && await RecentAsync(tenant) is { } faults && !IsOver(faults) ? faults : null;

    public async Task<Result<ActiveFaults>> SetAsync(Caller caller, FaultPlan plan, FaultSpan span) => await SetAsync(AuditActor.Of(caller), caller.Tenant, plan, span);

    public Task ClearAsync(Caller caller) => ClearAsync(AuditActor.Of(caller), caller.Tenant);

    public async Task<Result<ActiveFaults>> SetAsync(SignedInMember who, Tenant tenant, FaultPlan plan, FaultSpan span) =>
        (await gate.FindAsync(who, tenant)).Refusal is { } refusal ? refusal : await SetAsync(new AuditActor(who.Account, who.Actor, who.Address), tenant, plan, span);

    public async Task<Refusal?> ClearAsync(SignedInMember who, Tenant tenant)
    {
        if ((await gate.FindAsync(who, tenant)).Refusal is { } refusal)
        {
            return refusal;
        }

        await ClearAsync(new AuditActor(who.Account, who.Actor, who.Address), tenant);
        return null;
    }

    public ValueTask<DrawnFault> DrawAsync(Tenant tenant, FaultPlace place)
    {
        if (tenant.Environment != TenantEnvironment.Sandbox)
        {
            return default;
        }

        return TryRecall(tenant, out var faults)
            ? faults is null ? default : MeetAsync(tenant, place, faults)
            : LookAsync(tenant, place);
    }

    /// <summary>Ends the faults that have reached their end time.</summary>
    internal async Task EndOverAsync(CancellationToken ct)
    {
        foreach (var tenant in await store.ListOverAsync(clock.GetUtcNow(), ct))
        {
            await store.ClearAsync(tenant, Ended(tenant));
            Forget(tenant);
        }
    }

    private bool TryRecall(Tenant tenant, out ActiveFaults? faults)
    {
        var isKnown = _recent.TryGetValue(tenant.Location, out var recent) && clock.GetElapsedTime(recent.Since) < s_trustedFor;
        faults = isKnown ? recent.Faults : null;
        return isKnown;
    }

    private async ValueTask<ActiveFaults?> RecentAsync(Tenant tenant)
    {
        if (TryRecall(tenant, out var known))
        {
            return known;
        }

        var (since, changes) = (clock.GetTimestamp(), Volatile.Read(ref _changes));
        var faults = await store.FindAsync(tenant, CancellationToken.None);
        _recent[tenant.Location] = (faults, since);
        if (Volatile.Read(ref _changes) != changes)
        {
            _recent.TryRemove(tenant.Location, out _); // the faults may have been read before a change and cached after it
        }

        return faults;
    }

    private async ValueTask<DrawnFault> LookAsync(Tenant tenant, FaultPlace place) => await RecentAsync(tenant) is { } faults ? await MeetAsync(tenant, place, faults) : default;

    private async ValueTask<DrawnFault> MeetAsync(Tenant tenant, FaultPlace place, ActiveFaults faults)
    {
        if (IsOver(faults) || !faults.Plan.Meets(place))
        {
            return default;
        }

        if (faults.EndsAt is null && !await store.TryTakeAsync(tenant, place, Ended(tenant)))
        {
            Forget(tenant);
            return default;
        }

        var latency = place == FaultPlace.Request ? TimeSpan.FromMilliseconds(faults.Plan[FaultKind.Latency]) : TimeSpan.Zero;
        return new DrawnFault(Draw(faults.Plan, place), latency);
    }

    // One draw for all kinds that affect the operation: each has its percentage, and the rest means no fault.
    private static FaultKind? Draw(FaultPlan plan, FaultPlace place)
    {
        var drawn = RandomNumberGenerator.GetInt32(All);
        foreach (var kind in plan.Kinds.Where(kind => kind != FaultKind.Latency && FaultKinds.PlaceOf(kind) == place))
        {
            drawn -= plan[kind];
            if (drawn < 0)
            {
                return kind;
            }
        }

        return null;
    }

    private async Task<Result<ActiveFaults>> SetAsync(AuditActor actor, Tenant tenant, FaultPlan plan, FaultSpan span)
    {
        if (FaultRules.Validate(plan, span) is { Count: > 0 } errors)
        {
            return new Refusal.Invalid(errors);
        }

        var now = UnixTime.Truncate(clock.GetUtcNow());
        var faults = new ActiveFaults(
            plan, span.Minutes is { } minutes ? now.AddMinutes(minutes) : null, LeftOf(FaultPlace.Request), LeftOf(FaultPlace.Attempt), LeftOf(FaultPlace.Delivery));
        await store.SetAsync(tenant, faults, actor.Entry(now, AuditAction.FaultsSet, SandboxGate.SubjectOf(tenant), FaultRules.Describe(plan, span)));
        Forget(tenant);
        return faults;

        int? LeftOf(FaultPlace place) => plan.Meets(place) ? span.Requests : null;
    }

    private async Task ClearAsync(AuditActor actor, Tenant tenant)
    {
        await store.ClearAsync(tenant, actor.Entry(clock.GetUtcNow(), AuditAction.FaultsCleared, SandboxGate.SubjectOf(tenant)));
        Forget(tenant);
    }

    private bool IsOver(ActiveFaults faults) => faults.EndsAt <= clock.GetUtcNow();

    private AuditEntry Ended(Tenant tenant) => AuditActor.Vault(tenant.Account).Entry(clock.GetUtcNow(), AuditAction.FaultsEnded, SandboxGate.SubjectOf(tenant));

    private void Forget(Tenant tenant)
    {
        Interlocked.Increment(ref _changes);
        _recent.TryRemove(tenant.Location, out _);
    }
}
