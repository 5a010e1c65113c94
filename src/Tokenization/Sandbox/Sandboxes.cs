using System.Net;
using System.Security.Cryptography;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Results;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Tokenization.Sandbox;

internal sealed class Sandboxes(
    ISandboxStore store, IAccountStore accounts, RecentApiKeys keys, OperationGate gate, IOptions<SandboxOptions> options, TimeProvider clock) : ISandboxes
{
    /// <summary>The subject of audit entries that are not about a single sandbox.</summary>
    internal const string AllSandboxes = "sandboxes";

    // Ten of 32 letters and digits are 50 random bits, so that no name is assigned twice. Characters that are easily confused are left out.
    private const string Characters = "abcdefghjkmnpqrstuvwxyz23456789x";
    private const int NameLength = 10;

    private static readonly Refusal s_noSuchSandbox = new Refusal.NotFound("There is no such throwaway sandbox.");

    public TimeSpan LongestLifetime => options.Value.LongestLifetime;

    private DateTimeOffset Now => UnixTime.Truncate(clock.GetUtcNow());

    public async Task<Result<MadeSandbox>> CreateAsync(ApiKey key, IPAddress? address, TimeSpan? lifetime)
    {
        var maker = await accounts.GetLocationAsync(key.Tenant, CancellationToken.None);
        return await CreateAsync(maker, new AuditActor(key.Tenant.Account, key.Actor, address), lifetime, key.Scopes, key.AllowedNetworks);
    }

    public async Task<Result<MadeSandbox>> CreateAsync(SignedInMember who, Location madeBy, TimeSpan? lifetime)
    {
        if (await gate.RefuseAsync(who, Operation.ManageSandbox, AllSandboxes) is { } refusal)
        {
            return refusal;
        }

        return madeBy.Account == who.Account
            ? await CreateAsync(madeBy, new AuditActor(who.Account, who.Actor, who.Address), lifetime, ApiKeyScopes.All, [])
            : ApiKeyAccess.NoSuchPlace;
    }

    public async Task<IReadOnlyList<ThrowawaySandbox>> ListAsync(Tenant tenant, CancellationToken ct) => await store.ListAsync(tenant.Account, tenant.Location, ct);

    public async Task<Result<ThrowawaySandboxes>> ListAsync(SignedInMember who, CancellationToken ct) =>
        await gate.RefuseAsync(who, Operation.ManageSandbox, AllSandboxes) is { } refusal
            ? refusal
            : new ThrowawaySandboxes(await store.ListAsync(who.Account, known: null, ct), options.Value.ThrowawaysPerAccount);

    public async Task<Refusal?> RemoveAsync(Caller caller, string id) =>
        await RemoveAsync(AuditActor.Of(caller), await store.ListAsync(caller.Tenant.Account, caller.Tenant.Location, CancellationToken.None), id);

    public async Task<Refusal?> RemoveAsync(SignedInMember who, string id) =>
        await gate.RefuseAsync(who, Operation.ManageSandbox, AllSandboxes)
        ?? await RemoveAsync(new AuditActor(who.Account, who.Actor, who.Address), await store.ListAsync(who.Account, known: null, CancellationToken.None), id);

    /// <summary>Removes the throwaway sandboxes whose lifetime has ended.</summary>
    internal async Task RemoveOverAsync(CancellationToken ct)
    {
        foreach (var (account, sandbox) in await store.ListOverAsync(clock.GetUtcNow(), ct))
        {
            await RemoveAsync(AuditActor.Vault(account), sandbox);
        }
    }

    private async Task<Result<MadeSandbox>> CreateAsync(
        Location maker, AuditActor actor, TimeSpan? asked, ApiKeyScopes scopes, IReadOnlyList<IPNetwork> networks)
    {
        if (maker.VanishesAt is not null)
        {
            return new Refusal.Conflict("A throwaway sandbox cannot create others.");
        }

        var lifetime = asked ?? TimeSpan.FromTicks(Math.Min(ISandboxes.UsualLifetime.Ticks, LongestLifetime.Ticks));
        if (lifetime < ISandboxes.ShortestLifetime || lifetime > LongestLifetime)
        {
            return new Refusal.Invalid([new FieldError("Lifetime", $"The Lifetime field must be from {ISandboxes.ShortestLifetime.TotalSeconds} to {LongestLifetime.TotalSeconds} seconds.")]);
        }

        var now = Now;
        var secret = ApiKeySecret.Generate(TenantEnvironment.Sandbox);
        var made = await store.TryCreateAsync(
            new NewSandbox(
                maker.Account,
                maker.Id,
                $"Throwaway {RandomNumberGenerator.GetString(Characters, NameLength)}",
                now,
                now + lifetime,
                location => new ApiKeyInsertion(
                    new NewApiKey(new Tenant(maker.Account, location.Id, TenantEnvironment.Sandbox), location.Name, scopes, now + lifetime, networks),
                    secret,
                    now,
                    actor.Name,
                    FormId: null,
                    actor.Entry(now, AuditAction.ApiKeyCreated, "", $"{location.Name}: for a throwaway sandbox")),
                location => actor.Entry(now, AuditAction.SandboxCreated, Subject(location.Id), $"{location.Slug}, until {now + lifetime:yyyy-MM-dd HH:mm} UTC")),
            options.Value.ThrowawaysPerAccount);
        return made is not null
            ? new MadeSandbox(made, secret)
            : new Refusal.Conflict($"The account has {options.Value.ThrowawaysPerAccount} throwaway sandboxes, the maximum. Remove one, or wait until one vanishes.");
    }

    private async Task<Refusal?> RemoveAsync(AuditActor actor, IEnumerable<ThrowawaySandbox> known, string id) =>
        known.FirstOrDefault(sandbox => sandbox.Id == id) is { } found && await RemoveAsync(actor, found) ? null : s_noSuchSandbox;

    private async Task<bool> RemoveAsync(AuditActor actor, ThrowawaySandbox sandbox)
    {
        var isRemoved = await store.TryRemoveAsync(sandbox, actor.Entry(Now, AuditAction.SandboxRemoved, Subject(sandbox.Location), sandbox.Id));
        keys.Distrust();
        return isRemoved;
    }

    private static string Subject(LocationId location) => $"location:{location.Value}";
}
