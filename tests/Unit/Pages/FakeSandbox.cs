using System.Net;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.BackgroundJobs;
using Dojo.Pci.Tokenization.Faults;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Sandbox;
using Dojo.Pci.Tokenization.Seeding;

namespace Dojo.Pci.Tests.Unit.Pages;

/// <summary>A sandbox that carries out each call and records it.</summary>
internal sealed class FakeSandbox : ISandboxControls, ISandboxFaults, ISandboxes, ISandboxSeeds
{
    private DateTimeOffset _now = new(2026, 6, 15, 9, 30, 0, TimeSpan.Zero);

    public List<string> Asked { get; } = [];

    public List<ThrowawaySandbox> Throwaways { get; } = [];

    public DueCounts Due { get; set; } = new(0, 0, 0, 0, 0);

    public ActiveFaults? Active { get; set; }

    public ResetProgress? Progress { get; set; }

    public SeedRun? Seed { get; set; }

    public TimeSpan LongestLifetime => TimeSpan.FromDays(1);

    Task<Result<SandboxState>> ISandboxControls.ReadAsync(SignedInMember who, Tenant tenant, CancellationToken ct) =>
        Task.FromResult<Result<SandboxState>>(new SandboxState(new SandboxTime(_now, TimeSpan.Zero), Progress));

    public Task<Result<DueCounts>> PreviewAsync(SignedInMember who, Tenant tenant, DateTimeOffset to, CancellationToken ct) => Task.FromResult<Result<DueCounts>>(Due);

    public Task<Result<ClockMove>> MoveClockAsync(SignedInMember who, Tenant tenant, DateTimeOffset to)
    {
        Asked.Add($"clock {to:s}");
        _now = to;
        return Task.FromResult<Result<ClockMove>>(new ClockMove(new SandboxTime(to, TimeSpan.FromDays(30)), Due, new DueCounts(0, 0, 0, 0, 0)));
    }

    public Task<Refusal?> ResetAsync(SignedInMember who, Tenant tenant, string? typedName)
    {
        Asked.Add($"reset {typedName}");
        Progress = new ResetProgress(100, 40);
        return Task.FromResult<Refusal?>(null);
    }

    Task<ActiveFaults?> ISandboxFaults.FindAsync(Tenant tenant, CancellationToken ct) => Task.FromResult(Active);

    ValueTask<ActiveFaults?> ISandboxFaults.PeekAsync(Tenant tenant) => ValueTask.FromResult(Active);

    Task<Result<ActiveFaults>> ISandboxFaults.SetAsync(Caller caller, FaultPlan plan, FaultSpan span) => throw new NotSupportedException();

    Task ISandboxFaults.ClearAsync(Caller caller) => throw new NotSupportedException();

    Task<Result<ActiveFaults>> ISandboxFaults.SetAsync(SignedInMember who, Tenant tenant, FaultPlan plan, FaultSpan span)
    {
        if (FaultRules.Validate(plan, span) is { Count: > 0 } errors)
        {
            return Task.FromResult<Result<ActiveFaults>>(new Refusal.Invalid(errors));
        }

        Asked.Add($"faults {string.Join(", ", plan.Kinds.Select(kind => $"{kind} {plan[kind]}"))} for {(span.Minutes is { } minutes ? $"minutes {minutes}" : $"requests {span.Requests}")}");
        Active = new ActiveFaults(plan, EndsAt: null, RequestsLeft: 1, AttemptsLeft: null, DeliveriesLeft: null);
        return Task.FromResult<Result<ActiveFaults>>(Active);
    }

    Task<Refusal?> ISandboxFaults.ClearAsync(SignedInMember who, Tenant tenant)
    {
        Active = null;
        return Task.FromResult<Refusal?>(null);
    }

    ValueTask<DrawnFault> ISandboxFaults.DrawAsync(Tenant tenant, FaultPlace place) => default;

    Task<Result<MadeSandbox>> ISandboxes.CreateAsync(ApiKey key, IPAddress? address, TimeSpan? lifetime) => throw new NotSupportedException();

    Task<IReadOnlyList<ThrowawaySandbox>> ISandboxes.ListAsync(Tenant tenant, CancellationToken ct) => throw new NotSupportedException();

    Task<Refusal?> ISandboxes.RemoveAsync(Caller caller, string id) => throw new NotSupportedException();

    Task<Result<MadeSandbox>> ISandboxes.CreateAsync(SignedInMember who, Location madeBy, TimeSpan? lifetime) => throw new NotSupportedException();

    Task<Result<ThrowawaySandboxes>> ISandboxes.ListAsync(SignedInMember who, CancellationToken ct) =>
        Task.FromResult<Result<ThrowawaySandboxes>>(new ThrowawaySandboxes([.. Throwaways], 50));

    Task<Refusal?> ISandboxes.RemoveAsync(SignedInMember who, string id)
    {
        Asked.Add($"remove {id}");
        Throwaways.RemoveAll(sandbox => sandbox.Id == id);
        return Task.FromResult<Refusal?>(null);
    }

    SeedOutline ISandboxSeeds.Outline(SeedWish wish) => new([new SeedShare("Authorized", wish.Size), new SeedShare("CardExpired", wish.Seed)], [new SeedShare("Captured", 3)]);

    Task<Result<SeedRun>> ISandboxSeeds.BeginAsync(Caller caller, SeedWish wish) => throw new NotSupportedException();

    Task<SeedRun?> ISandboxSeeds.FindAsync(Tenant tenant, CancellationToken ct) => Task.FromResult(Seed);

    Task ISandboxSeeds.StopAsync(Caller caller) => throw new NotSupportedException();

    Task<Result<SeedRun>> ISandboxSeeds.BeginAsync(SignedInMember who, Tenant tenant, SeedWish wish)
    {
        Asked.Add($"seed {wish.Size} {wish.Seed}");
        Seed = new SeedRun(wish, SeedStatus.Running, _now, EndedAt: null, wish.Size / 2, wish.Size / 2, 0);
        return Task.FromResult<Result<SeedRun>>(Seed);
    }

    Task<Refusal?> ISandboxSeeds.StopAsync(SignedInMember who, Tenant tenant)
    {
        Seed = Seed! with { Status = SeedStatus.Stopped, EndedAt = _now };
        return Task.FromResult<Refusal?>(null);
    }
}
