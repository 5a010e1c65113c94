using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Idempotency;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.SetupIntents;

internal sealed class SetupIntentService(
    ISetupIntentStore store,
    IdempotentWork idempotency,
    IdempotencyHasher hasher,
    NewSetupIntents newIntents,
    SetupIntentBatches batches,
    SetupIntentIds ids,
    DueSweep sweep,
    LocationDirectory locations)
    : ISetupIntentService
{
    // Due work is done first, so that a filter by status finds the right setup intents even after many became due at once. The limit
    // keeps a list from waiting for a hundred thousand of them.
    private const int SweepsBeforeList = 10;

    private static readonly Refusal.NotFound s_notFound = new("There is no such setup intent.");

    public Task<Result<SetupIntent>> CreateAsync(Caller caller, SetupIntentRequest request, IdempotencyKey? idempotencyKey, AuditEntry? audit = null) =>
        idempotencyKey is null
            ? newIntents.CreateAsync(caller, request, ids.Next(), idempotencyKeyHash: null, audit)
            : CreateOnceAsync(caller, request, idempotencyKey, audit);

    // A separate method, because otherwise each request, even without a key, would allocate what the lambdas capture.
    private Task<Result<SetupIntent>> CreateOnceAsync(Caller caller, SetupIntentRequest request, IdempotencyKey idempotencyKey, AuditEntry? audit) => idempotency.RunAsync(
        new IdempotentRequest(caller.Tenant, idempotencyKey, hasher.OfRequest(caller.Tenant, request))
        {
            FormerBodyHash = request.Mandate.DetailsJson is null ? null : hasher.OfRequestInOrderSent(caller.Tenant, request),
        },
        ids.Next(),
        answer => ReplayAsync(caller.Tenant, answer),
        (recordId, keyHash) => newIntents.CreateAsync(caller, request, recordId, keyHash, audit));

    public Task<Result<SetupIntentBatch>> CreateBatchAsync(Caller caller, IReadOnlyList<Result<SetupIntentRequest>> items, IdempotencyKey? idempotencyKey) =>
        batches.CreateAsync(caller, items, idempotencyKey);

    public async Task<Result<SetupIntent>> GetAsync(Tenant tenant, string id, CancellationToken ct)
    {
        if (await store.FindWithEventsAsync(tenant, ids.RecordIdOf(tenant.Environment, id), ct) is not var (stored, events))
        {
            return s_notFound;
        }

        // A setup intent that due work has just changed has a new event.
        var current = await sweep.BringUpToDateAsync(stored, await locations.NowAsync(tenant, ct));
        var shown = ids.ToSetupIntent(current);
        return ReferenceEquals(current, stored) ? shown with { Events = events } : await WithEventsAsync(current, shown, ct);
    }

    public async Task<Result<SetupIntent>> GetPublicAsync(string id, CancellationToken ct) =>
        await FindPublicAsync(id, ct) is { } intent ? ids.ToSetupIntent(intent) with { Card = null } : s_notFound;

    public async Task<Result<SetupIntent>> DeleteAsync(Caller caller, string id, bool includeAuthorized, AuditEntry? audit = null)
    {
        if (await FindAsync(caller.Tenant, id, CancellationToken.None) is not { } intent)
        {
            return s_notFound;
        }

        if (intent.Status == SetupIntentStatus.Authorized && !includeAuthorized)
        {
            return new Refusal.WrongState("The setup intent is authorized. To close it, send includeAuthorized=true.");
        }

        if (intent.ChargedBy is not null)
        {
            return new Refusal.WrongState("The setup intent is being charged.");
        }

        var trigger = intent.Status == SetupIntentStatus.Authorized ? SetupIntentTrigger.Close : SetupIntentTrigger.Cancel;
        var now = await locations.NowAsync(caller.Tenant, CancellationToken.None);
        if (SetupIntentLife.Move(intent, trigger, now, caller.Actor, "deleted on request") is not { } transition)
        {
            return new Refusal.WrongState($"The setup intent is {intent.Status}; only a Created or an Authorized one can be deleted.");
        }

        return await store.ApplyAsync(transition, audit) is { } deleted
            ? await WithEventsAsync(deleted, ids.ToSetupIntent(deleted), CancellationToken.None)
            : new Refusal.WrongState("The setup intent has just been changed by another request. Read it again.");
    }

    public async Task<Result<SetupIntent>> RenewClientSecretAsync(Tenant tenant, string id)
    {
        var renewed = await RenewAsync(await FindAsync(tenant, id, CancellationToken.None));
        return renewed.IsSuccess ? await WithEventsAsync(renewed.Value, ids.WithClientSecret(renewed.Value), CancellationToken.None) : renewed.Refusal;
    }

    public async Task<Result<SetupIntent>> RenewClientSecretPublicAsync(string id)
    {
        var renewed = await RenewAsync(await FindPublicAsync(id, CancellationToken.None));
        return renewed.IsSuccess ? ids.WithClientSecret(renewed.Value) with { Card = null } : renewed.Refusal;
    }

    public async Task<Result<SetupIntentList>> ListAsync(
        Tenant tenant, SetupIntentFilter filter, int limit, string? before, string? after, CancellationToken ct)
    {
        long? newerThan = before is null ? null : ids.RecordIdOf(tenant.Environment, before);
        long? olderThan = after is null ? null : ids.RecordIdOf(tenant.Environment, after);
        if (newerThan < 0 || olderThan < 0)
        {
            var field = newerThan < 0 ? "Before" : "After";
            return new Refusal.Invalid([new FieldError(field, $"The {field} parameter must be the id of a setup intent.")]);
        }

        await sweep.SweepAsync(tenant, SweepsBeforeList, ct);

        // One more than requested tells whether there is another page.
        var found = await store.ListAsync(tenant, new SetupIntentPage(limit + 1, olderThan, newerThan, filter), ct);
        var hasMore = found.Count > limit;
        var shown = newerThan is null ? found.Take(limit) : found.TakeLast(limit);
        var current = await Task.WhenAll(shown.Select(intent => BringUpToDateAsync(intent, ct)));
        var items = current.OfType<StoredSetupIntent>().Select(ids.ToSetupIntent).ToList();
        var hasNewer = newerThan is null ? olderThan is not null : hasMore;
        var hasOlder = newerThan is not null || hasMore;
        return new SetupIntentList(items, hasNewer && items.Count > 0 ? items[0].Id : null, hasOlder && items.Count > 0 ? items[^1].Id : null);
    }

    // Returns the first answer again, whatever happened to the setup intent since.
    private async Task<Result<SetupIntent>> ReplayAsync(Tenant tenant, IdempotencyAnswer answer) =>
        ids.AsAnsweredFirst(await store.FindAsync(tenant, answer.RecordId, CancellationToken.None) ?? throw new InvalidOperationException("An answered idempotency key names no setup intent."), answer);

    private async Task<StoredSetupIntent?> FindAsync(Tenant tenant, string id, CancellationToken ct) =>
        await BringUpToDateAsync(await store.FindAsync(tenant, ids.RecordIdOf(tenant.Environment, id), ct), ct);

    private async Task<StoredSetupIntent?> FindPublicAsync(string id, CancellationToken ct)
    {
        var environment = ids.EnvironmentOf(id);
        return await BringUpToDateAsync(await store.FindPublicAsync(environment, ids.RecordIdOf(environment, id), ct), ct);
    }

    private async Task<StoredSetupIntent?> BringUpToDateAsync(StoredSetupIntent? intent, CancellationToken ct) =>
        intent is null ? null : await sweep.BringUpToDateAsync(intent, await locations.NowAsync(intent.Tenant, ct));

    private async Task<Result<StoredSetupIntent>> RenewAsync(StoredSetupIntent? intent)
    {
        if (intent is null)
        {
            return s_notFound;
        }

        if (intent.Status is not (SetupIntentStatus.Created or SetupIntentStatus.Authorized))
        {
            return new Refusal.WrongState($"The setup intent is {intent.Status}; it no longer needs a client session secret.");
        }

        var now = await locations.NowAsync(intent.Tenant, CancellationToken.None);
        return intent with { ClientSecret = await store.RenewClientSecretAsync(intent, ClientSecrets.ExpiryFrom(now)) };
    }

    private async Task<SetupIntent> WithEventsAsync(StoredSetupIntent stored, SetupIntent shown, CancellationToken ct) =>
        shown with { Events = await store.ListEventsAsync(stored.Tenant, stored.RecordId, ct) };
}
