using System.Net;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.ApiKeys;

internal sealed class ApiKeyService(
    IApiKeyStore store, IApiKeyUsageStore usage, IAccountStore accounts, ApiKeyAccess access, RecentApiKeys recent, TimeProvider clock) : IApiKeyService
{
    private const int DaysListed = 7;

    // If the key changes between every read and write, the callers are at fault.
    private const int MostTries = 5;

    private DateTimeOffset Now => UnixTime.Truncate(clock.GetUtcNow());

    public ValueTask<ApiKey?> AuthenticateAsync(ReadOnlySpan<char> presented, CancellationToken ct) => recent.AuthenticateAsync(presented, ct);

    public async Task<(ApiKey Key, ApiKeySecret Secret)> CreateAsync(NewApiKey key, CancellationToken ct)
    {
        key = key with { Scopes = key.Scopes.In(key.Tenant.Environment) };
        var secret = ApiKeySecret.Generate(key.Tenant.Environment);
        var made = await store.InsertAsync(new ApiKeyInsertion(key, secret, Now, AuditActor.OperatorName, FormId: null, ApiKeyEntries.CreatedByOperator(key.Tenant, Now)));
        return (made!.Key, secret);
    }

    public async Task<bool> RevokeAsync(Tenant tenant, ApiKeyId id, CancellationToken ct)
    {
        var now = Now;
        var deleted = await ChangeAsync(tenant, id, key => key.DeletedAt is null
            ? new ApiKeyChange(key, key with { DeletedAt = now }, ApiKeyEntries.DeletedByOperator(key, now))
            : ApiKeyAccess.IsDeleted);
        return deleted.IsSuccess;
    }

    public async Task<ApiKey?> DiscloseAsync(byte[] hash, string detail, IPAddress? from, CancellationToken ct)
    {
        if (await store.FindByHashAsync(hash, ct) is not { Key: var found })
        {
            return null;
        }

        var now = Now;
        var disclosed = await ChangeAsync(found.Tenant, found.Id, key =>
            key.DeletedAt is not null ? ApiKeyAccess.IsDeleted
            : found.Tenant.Environment == TenantEnvironment.Sandbox ? new ApiKeyChange(key, key with { LeakedAt = now, DeletedAt = now }, ApiKeyEntries.DeletedAsLeaked(key, detail, from, now))
            : new ApiKeyChange(key, key with { LeakedAt = key.LeakedAt ?? now }, key.LeakedAt is null ? ApiKeyEntries.Leaked(key, detail, from, now) : null));
        return disclosed.IsSuccess ? found : null;
    }

    public async Task<IReadOnlyList<ApiKey>> ListAsync(Location location, CancellationToken ct)
    {
        var keys = new List<ManagedApiKey>();
        foreach (var environment in Enum.GetValues<TenantEnvironment>())
        {
            keys.AddRange(await store.ListAsync(new Tenant(location.Account, location.Id, environment), ct));
        }

        return [.. keys.Where(key => key.DeletedAt is null).Select(key => key.Key).OrderBy(key => key.Id.Value)];
    }

    public Refusal? RefuseChanges(SignedInMember who, TenantEnvironment environment) => RoleTable.Refuse(who, ApiKeyAccess.ChangesOf(environment), Now);

    public async Task<Result<ApiKeyList>> ListAsync(SignedInMember who, Tenant tenant, ApiKeyFilter filter, CancellationToken ct)
    {
        var now = Now;
        if (await access.RefuseReadingAsync(who, tenant, ApiKeyAccess.AllKeys) is { } refusal)
        {
            return refusal;
        }

        var keys = await store.ListAsync(tenant, ct);
        var zone = filter.Zone ?? TimeZoneInfo.Utc;
        var first = TimeZones.DayOf(now, zone).AddDays(1 - DaysListed);
        var hours = await usage.HoursAsync(tenant, key: null, TimeZones.StartOf(first, zone), ct);
        return new ApiKeyList(
            [.. keys.Where(key => Matches(key, filter, now)).Select(key => new ListedApiKey(key, key.StatusAt(now), ApiKeyDays.Fill(hours[key.Key.Id], first, DaysListed, zone).Select(day => day.Requests).ToArray()))],
            keys.Count(key => key.DeletedAt is null));
    }

    public async Task<Result<ManagedApiKey>> GetAsync(SignedInMember who, Tenant tenant, ApiKeyId id, CancellationToken ct)
    {
        if (await access.RefuseReadingAsync(who, tenant, id.Subject) is { } refusal)
        {
            return refusal;
        }

        return await store.FindAsync(tenant, id, ct) is { } key ? key : ApiKeyAccess.NoSuchKey;
    }

    public async Task<Result<MadeApiKey>> CreateAsync(SignedInMember who, Tenant tenant, ApiKeyDraft draft, CancellationToken ct)
    {
        var now = Now;
        if (await access.RefuseChangesAsync(who, tenant, ApiKeyAccess.AllKeys) is { } refusal)
        {
            return refusal;
        }

        var errors = new FieldErrors();
        var key = new NewApiKey(
            tenant,
            ApiKeyRules.Name(errors, draft.Name),
            ApiKeyRules.Scopes(errors, draft.Limits.Scopes, tenant.Environment),
            ApiKeyRules.ToCome(errors, ApiKeyRules.ExpiryField, draft.Limits.ExpiresAt, now),
            ApiKeyRules.Networks(errors, draft.Limits.AllowedAddresses));
        var formId = ApiKeyRules.FormId(errors, draft.FormId);
        if (errors.Any)
        {
            return errors.ToRefusal();
        }

        // The tenant's account was checked above, but not whether the location belongs to it.
        var locations = await accounts.ListLocationsAsync(who.Account, ct);
        if (locations.FirstOrDefault(location => location.Id == tenant.Location) is not { } place)
        {
            return ApiKeyAccess.NoSuchPlace;
        }

        if (place.VanishesAt is not null && tenant.Environment == TenantEnvironment.Production)
        {
            return new Refusal.WrongState("A throwaway sandbox has no production environment.");
        }

        var secret = ApiKeySecret.Generate(tenant.Environment);
        return await store.InsertAsync(new ApiKeyInsertion(key, secret, now, who.Actor, formId, ApiKeyEntries.Created(who, key, now))) is { } made ? new MadeApiKey(made, secret) : ApiKeyAccess.MadeAlready;
    }

    public Task<Result<ManagedApiKey>> RenameAsync(SignedInMember who, Tenant tenant, ApiKeyId id, string? name)
    {
        var errors = new FieldErrors();
        var newName = ApiKeyRules.Name(errors, name);
        return ChangeAsync(who, tenant, id, errors, (key, now) =>
            new ApiKeyChange(key, key with { Key = key.Key with { Name = newName } }, key.Key.Name == newName ? null : ApiKeyEntries.Renamed(who, key, newName, now)));
    }

    public Task<Result<ManagedApiKey>> LimitAsync(SignedInMember who, Tenant tenant, ApiKeyId id, ApiKeyLimits limits)
    {
        var errors = new FieldErrors();
        var scopes = ApiKeyRules.Scopes(errors, limits.Scopes, tenant.Environment);
        var networks = ApiKeyRules.Networks(errors, limits.AllowedAddresses);
        return ChangeAsync(who, tenant, id, errors, (key, now) =>
        {
            // An unchanged expiry may lie in the past: an expired key can still get other limits.
            if (limits.ExpiresAt != key.Key.ExpiresAt && !key.CanExpireLaterAt(now))
            {
                return ApiKeyAccess.ExpiredForGood;
            }

            var expiryErrors = new FieldErrors();
            var expiresAt = limits.ExpiresAt == key.Key.ExpiresAt ? key.Key.ExpiresAt : ApiKeyRules.ToCome(expiryErrors, ApiKeyRules.ExpiryField, limits.ExpiresAt, now);
            if (expiryErrors.Any)
            {
                return expiryErrors.ToRefusal();
            }

            var after = key with { Key = key.Key with { Scopes = scopes, AllowedNetworks = networks, ExpiresAt = expiresAt } };
            return new ApiKeyChange(key, after, ApiKeyEntries.Limited(who, key, after, now));
        });
    }

    public async Task<Result<MadeApiKey>> RollAsync(SignedInMember who, Tenant tenant, ApiKeyId id, ApiKeyRoll roll)
    {
        var now = Now;
        if (await access.RefuseChangesAsync(who, tenant, id.Subject) is { } refusal)
        {
            return refusal;
        }

        var errors = new FieldErrors();
        var name = ApiKeyRules.Name(errors, roll.Name);
        var expiresAt = ApiKeyRules.ToCome(errors, ApiKeyRules.ExpiryField, roll.ExpiresAt, now);
        var retireAt = ApiKeyRules.ToCome(errors, ApiKeyRules.RetireField, roll.RetireAt, now);
        var formId = ApiKeyRules.FormId(errors, roll.FormId);
        if (errors.Any)
        {
            return errors.ToRefusal();
        }

        // Checked first, because a form that is sent again finds the key already rolled by its own first submission.
        if (await store.WasSentAsync(tenant.Account, formId, CancellationToken.None))
        {
            return ApiKeyAccess.MadeAlready;
        }

        var secret = ApiKeySecret.Generate(tenant.Environment);
        for (var attempt = 1; attempt <= MostTries; attempt++)
        {
            if (await store.FindAsync(tenant, id, CancellationToken.None) is not { } old)
            {
                return ApiKeyAccess.NoSuchKey;
            }

            if (RefuseRoll(old, now) is { } wrong)
            {
                return wrong;
            }

            var key = new NewApiKey(tenant, name, old.Key.Scopes, expiresAt, old.Key.AllowedNetworks);
            var (outcome, made) = await store.RollAsync(
                new ApiKeyChange(old, old with { Key = old.Key with { RetiresAt = retireAt ?? old.Key.RetiresAt } }, ApiKeyEntries.Rolled(who, old, secret, retireAt, now)),
                new ApiKeyInsertion(key, secret, now, who.Actor, formId, ApiKeyEntries.Following(who, name, old, now)));
            recent.Distrust();
            if (outcome != ApiKeyOutcome.Changed)
            {
                return made is null ? ApiKeyAccess.MadeAlready : new MadeApiKey(made, secret);
            }
        }

        return ApiKeyAccess.IsChanging;
    }

    public Task<Result<ManagedApiKey>> RetireAsync(SignedInMember who, Tenant tenant, ApiKeyId id, DateTimeOffset? at)
    {
        var errors = new FieldErrors();
        var chosen = ApiKeyRules.ToCome(errors, ApiKeyRules.RetireField, at, Now);
        return ChangeAsync(who, tenant, id, errors, (key, now) => key.StatusAt(now) is ApiKeyStatus.Retired or ApiKeyStatus.Expired
            ? new Refusal.WrongState("The key is no longer accepted.")
            : new ApiKeyChange(key, key with { Key = key.Key with { RetiresAt = chosen ?? now } }, ApiKeyEntries.Retired(who, key, chosen, now)));
    }

    public Task<Result<ManagedApiKey>> BringBackAsync(SignedInMember who, Tenant tenant, ApiKeyId id) =>
        ChangeAsync(who, tenant, id, new FieldErrors(), (key, now) => key.CanComeBackAt(now)
            ? new ApiKeyChange(key, key with { Key = key.Key with { RetiresAt = null } }, ApiKeyEntries.BroughtBack(who, key, now))
            : new Refusal.WrongState(key.Key.RetiresAt is null ? "The key is not retired." : "The key retired more than 24 hours ago: that can no longer be undone."));

    public Task<Result<ManagedApiKey>> DeleteAsync(SignedInMember who, Tenant tenant, ApiKeyId id, string? typedName) =>
        ChangeAsync(who, tenant, id, new FieldErrors(), (key, now) =>
        {
            if (typedName?.Trim() != key.Key.Name)
            {
                return new Refusal.Invalid([new FieldError(ApiKeyRules.NameField, "Type the name of the key as it is shown.")]);
            }

            return new ApiKeyChange(key, key with { DeletedAt = now }, ApiKeyEntries.Deleted(who, key, now));
        });

    private async Task<Result<ManagedApiKey>> ChangeAsync(
        SignedInMember who, Tenant tenant, ApiKeyId id, FieldErrors errors, Func<ManagedApiKey, DateTimeOffset, Result<ApiKeyChange>> decide)
    {
        var now = Now;
        if (await access.RefuseChangesAsync(who, tenant, id.Subject) is { } refusal)
        {
            return refusal;
        }

        if (errors.Any)
        {
            return errors.ToRefusal();
        }

        return await ChangeAsync(tenant, id, key => key.DeletedAt is null ? decide(key, now) : ApiKeyAccess.IsDeleted);
    }

    /// <summary>Reads a key, decides on a change and stores it. If the key has changed in between, reads it and decides again.</summary>
    private async Task<Result<ManagedApiKey>> ChangeAsync(Tenant tenant, ApiKeyId id, Func<ManagedApiKey, Result<ApiKeyChange>> decide)
    {
        for (var attempt = 1; attempt <= MostTries; attempt++)
        {
            if (await store.FindAsync(tenant, id, CancellationToken.None) is not { } key)
            {
                return ApiKeyAccess.NoSuchKey;
            }

            var decision = decide(key);
            if (!decision.IsSuccess)
            {
                return decision.Refusal;
            }

            var change = decision.Value;
            if (change.Entry is null)
            {
                return key;
            }

            var outcome = await store.UpdateAsync(change);
            recent.Distrust();
            if (outcome == ApiKeyOutcome.Done)
            {
                return change.After;
            }
        }

        return ApiKeyAccess.IsChanging;
    }

    private static Refusal.WrongState? RefuseRoll(ManagedApiKey old, DateTimeOffset now) =>
        old.DeletedAt is not null ? ApiKeyAccess.IsDeleted
        : old.Successor is not null ? new Refusal.WrongState("This key was rolled already. Roll the key that follows it.")
        : old.StatusAt(now) is ApiKeyStatus.Retired or ApiKeyStatus.Expired ? new Refusal.WrongState("The key is no longer accepted: make a new one.")
        : null;

    private static bool Matches(ManagedApiKey key, ApiKeyFilter filter, DateTimeOffset now)
    {
        var status = key.StatusAt(now);
        var search = filter.Search?.Trim() ?? "";
        return (filter.Status is { } wanted ? status == wanted : status != ApiKeyStatus.Deleted)
            && (FoldedText.Of(key.Key.Name).Contains(FoldedText.Of(search), StringComparison.Ordinal) || key.Key.Masked.Contains(search, StringComparison.Ordinal));
    }
}
