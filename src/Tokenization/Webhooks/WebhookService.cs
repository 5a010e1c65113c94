using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.Webhooks;

internal sealed class WebhookService(
    IWebhookStore store, WebhookIds ids, WebhookSecrets secrets, WebhookTargets targets, LocationDirectory locations) : IWebhookService
{
    private static readonly Refusal.NotFound s_notFound = new("There is no such webhook subscription.");
    private static readonly Refusal.NotFound s_noSecret = new("The webhook subscription has no such secret.");

    public async Task<IReadOnlyList<WebhookSubscription>> ListAsync(Tenant tenant, CancellationToken ct) =>
        [.. (await store.ListAsync(tenant, ct)).Select(Show)];

    public async Task<Result<WebhookSubscription>> GetAsync(Tenant tenant, string id, CancellationToken ct) =>
        await FindAsync(tenant, id, ct) is { } webhook ? Show(webhook) : s_notFound;

    public async Task<Result<WebhookSubscription>> CreateAsync(Caller caller, WebhookRequest request)
    {
        if (FaultOf(request, caller.Tenant) is { } fault)
        {
            return fault;
        }

        var now = await locations.NowAsync(caller.Tenant, CancellationToken.None);
        var (recordId, secretId) = (ids.Next(), ids.Next());
        var secret = new StoredWebhookSecret(secretId, secrets.SealNew(caller.Tenant, recordId, secretId), now, IsActive: true);
        var webhook = new StoredWebhook(recordId, caller.Tenant, request.Url!, request.Description, now, now, InOrder(request.Events!), [secret]);
        return await store.InsertAsync(webhook, EntryOf(caller, recordId, AuditAction.WebhookCreated, Describe(webhook))) is var outcome && outcome == WebhookOutcome.Done
            ? Show(webhook)
            : RefusalOf(outcome);
    }

    public async Task<Result<WebhookSubscription>> UpdateAsync(Caller caller, string id, WebhookRequest request)
    {
        if (FaultOf(request, caller.Tenant) is { } fault)
        {
            return fault;
        }

        if (await FindAsync(caller.Tenant, id, CancellationToken.None) is not { } webhook)
        {
            return s_notFound;
        }

        var changed = webhook with
        {
            Url = request.Url ?? webhook.Url,
            Description = request.Description is null ? webhook.Description : request.Description.Length == 0 ? null : request.Description,
            Events = request.Events is null ? webhook.Events : InOrder(request.Events),
            UpdatedAt = await locations.NowAsync(caller.Tenant, CancellationToken.None),
            DisabledAt = null,
        };
        return await store.UpdateAsync(changed, EntryOf(caller, webhook.RecordId, AuditAction.WebhookChanged, Describe(changed))) is var outcome && outcome == WebhookOutcome.Done
            ? Show(changed)
            : RefusalOf(outcome);
    }

    public async Task<Refusal?> DeleteAsync(Caller caller, string id)
    {
        var recordId = ids.RecordIdOf(caller.Tenant.Environment, id);
        return RefusalOrNull(await store.DeleteAsync(caller.Tenant, recordId, locations.RealNow, EntryOf(caller, recordId, AuditAction.WebhookDeleted)));
    }

    public async Task<Result<WebhookSubscription>> AddSecretAsync(Caller caller, string id)
    {
        var recordId = ids.RecordIdOf(caller.Tenant.Environment, id);
        var now = await locations.NowAsync(caller.Tenant, CancellationToken.None);
        var secretId = ids.Next();
        var secret = new StoredWebhookSecret(secretId, secrets.SealNew(caller.Tenant, recordId, secretId), now, IsActive: false);
        var outcome = await store.InsertSecretAsync(caller.Tenant, recordId, secret, EntryOf(caller, recordId, AuditAction.WebhookSecretCreated));
        return outcome == WebhookOutcome.Done ? await GetAsync(caller.Tenant, id, CancellationToken.None) : RefusalOf(outcome);
    }

    public Task<Refusal?> ActivateSecretAsync(Caller caller, string id, string secretId) => ChangeSecretAsync(
        caller,
        id,
        secretId,
        (recordId, secret) => store.ActivateSecretAsync(
            caller.Tenant, recordId, secret, locations.RealNow + WebhookLimits.Overlap, EntryOf(caller, recordId, AuditAction.WebhookSecretActivated)));

    public Task<Refusal?> DeleteSecretAsync(Caller caller, string id, string secretId) => ChangeSecretAsync(
        caller, id, secretId, (recordId, secret) => store.DeleteSecretAsync(caller.Tenant, recordId, secret, EntryOf(caller, recordId, AuditAction.WebhookSecretDeleted)));

    private static Refusal RefusalOf(WebhookOutcome outcome) => outcome switch
    {
        WebhookOutcome.UrlTaken => new Refusal.Conflict("There is a webhook subscription with this URL already. Change that one, or delete it."),
        WebhookOutcome.TooMany => new Refusal.Conflict($"There can be at most {WebhookLimits.Subscriptions} webhook subscriptions, with at most {WebhookLimits.Secrets} secrets each. Delete one first."),
        WebhookOutcome.IsActive => new Refusal.Conflict("The secret is active. Activate another one first."),
        _ => s_notFound,
    };

    private static Refusal? RefusalOrNull(WebhookOutcome outcome) => outcome == WebhookOutcome.Done ? null : RefusalOf(outcome);

    private static string[] InOrder(IEnumerable<string> events) => [.. WebhookEvents.Names.Intersect(events, StringComparer.Ordinal)];

    // The host shows an auditor where events go. What follows it in the URL may be a secret of the receiver.
    private static string Describe(StoredWebhook webhook) => $"{string.Join(", ", webhook.Events)} to {new Uri(webhook.Url).Host}";

    private async Task<Refusal?> ChangeSecretAsync(Caller caller, string id, string secretId, Func<long, long, Task<WebhookOutcome>> change)
    {
        var environment = caller.Tenant.Environment;
        if (await FindAsync(caller.Tenant, id, CancellationToken.None) is not { } webhook)
        {
            return s_notFound;
        }

        var outcome = await change(webhook.RecordId, ids.SecretRecordIdOf(environment, secretId));
        return outcome == WebhookOutcome.NotFound ? s_noSecret : RefusalOrNull(outcome);
    }

    private Refusal.Invalid? FaultOf(WebhookRequest request, Tenant tenant) =>
        request.Url is { } url && targets.FaultOf(url, tenant.Environment) is { } fault ? new Refusal.Invalid([new FieldError(Fields.Url, fault)]) : null;

    private Task<StoredWebhook?> FindAsync(Tenant tenant, string id, CancellationToken ct) =>
        store.FindAsync(tenant, ids.RecordIdOf(tenant.Environment, id), ct);

    private AuditEntry EntryOf(Caller caller, long recordId, AuditAction action, string detail = "") =>
        AuditActor.Of(caller).Entry(locations.RealNow, action, ids.IdOf(caller.Tenant.Environment, recordId), detail);

    private WebhookSubscription Show(StoredWebhook webhook) => new(
        ids.IdOf(webhook.Tenant.Environment, webhook.RecordId),
        ids.AccountIdOf(webhook.Tenant),
        webhook.Events,
        webhook.Url,
        webhook.Description,
        [.. webhook.Secrets.Select(secret => new WebhookSecret(
            ids.SecretIdOf(webhook.Tenant.Environment, secret.RecordId), secrets.Open(webhook, secret), secret.CreatedAt, secret.IsActive))],
        webhook.CreatedAt,
        webhook.UpdatedAt);
}
