using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Faults;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;
using Dojo.Pci.Tokenization.Webhooks;

namespace Dojo.Pci.Tokenization.Seeding;

internal sealed class SandboxSeeds(ISeedStore store, IWebhookService webhooks, SandboxGate gate, LocationDirectory directory) : ISandboxSeeds
{
    public SeedOutline Outline(SeedWish wish) => SeedPlan.Outline(wish);

    public async Task<Result<SeedRun>> BeginAsync(Caller caller, SeedWish wish)
    {
        if (FaultsOf(wish) is { Count: > 0 } faults)
        {
            return new Refusal.Invalid(faults);
        }

        var (tenant, at) = (caller.Tenant, directory.RealNow);
        var run = new SeedRun(wish, SeedStatus.Running, at, EndedAt: null, Done: 0, Tokens: 0, Payments: 0);
        var entry = AuditActor.Of(caller).Entry(at, AuditAction.SeedBegun, SandboxGate.SubjectOf(tenant), Describe(wish));
        switch (await store.BeginAsync(new StoredSeedRun(tenant, caller.Actor, await directory.NowAsync(tenant, CancellationToken.None), run), entry))
        {
            case SeedBegin.Busy:
                return new Refusal.Conflict("Sample data is being made in this sandbox. Wait until it is done, or stop it.");
            case SeedBegin.Emptying:
                return new Refusal.Conflict("The sandbox is being emptied. Wait until that is done.");
        }

        if ((await webhooks.ListAsync(tenant, CancellationToken.None)).Count == 0)
        {
            // A refusal is ignored: if another caller has added an endpoint meanwhile, the sandbox has one.
            await webhooks.CreateAsync(caller, new WebhookRequest(WebhookEvents.Names, WebhookUrls.Inspector, "Made with sample data"));
        }

        return run;
    }

    public async Task<SeedRun?> FindAsync(Tenant tenant, CancellationToken ct) =>
        tenant.Environment == TenantEnvironment.Sandbox ? (await store.FindAsync(tenant, ct))?.Run : null;

    public Task StopAsync(Caller caller)
    {
        var at = directory.RealNow;
        return store.StopAsync(caller.Tenant, at, AuditActor.Of(caller).Entry(at, AuditAction.SeedStopped, SandboxGate.SubjectOf(caller.Tenant)));
    }

    public async Task<Result<SeedRun>> BeginAsync(SignedInMember who, Tenant tenant, SeedWish wish) =>
        (await gate.FindAsync(who, tenant)).Refusal is { } refusal ? refusal : await BeginAsync(CallerOf(who, tenant), wish);

    public async Task<Refusal?> StopAsync(SignedInMember who, Tenant tenant)
    {
        if ((await gate.FindAsync(who, tenant)).Refusal is { } refusal)
        {
            return refusal;
        }

        await StopAsync(CallerOf(who, tenant));
        return null;
    }

    /// <summary>Describes a wish for the audit trail.</summary>
    internal static string Describe(SeedWish wish) => $"{wish.Size} tokens, seed {wish.Seed}";

    private static Caller CallerOf(SignedInMember who, Tenant tenant) => new(tenant, who.Actor) { Address = who.Address };

    private static List<FieldError> FaultsOf(SeedWish wish)
    {
        var faults = new List<FieldError>();
        if (wish.Size is < SeedLimits.SmallestSize or > SeedLimits.LargestSize)
        {
            faults.Add(new("Size", $"The Size field must be from {SeedLimits.SmallestSize} to {SeedLimits.LargestSize}."));
        }

        if (wish.Seed is < 0 or > SeedLimits.LargestSeed)
        {
            faults.Add(new("Seed", $"The Seed field must be from 0 to {SeedLimits.LargestSeed}."));
        }

        return faults;
    }
}
