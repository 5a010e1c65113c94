using System.Text;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.Webhooks;

internal sealed class WebhookManagement(
    IWebhookService webhooks, IWebhookStore store, IWebhookHistoryStore history, WebhookAccess access, WebhookIds ids, LocationDirectory locations) : IWebhookManagement
{
    private static readonly Refusal.Conflict s_madeAlready = new("A secret was made since this form was opened. See it below, or open the form again.");

    public Refusal? RefuseChanges(SignedInMember who, TenantEnvironment environment) => RoleTable.Refuse(who, WebhookAccess.ChangesOf(environment), locations.RealNow);

    public Refusal? RefuseRevealing(SignedInMember who) => RoleTable.Refuse(who, Operation.RevealWebhookSecrets, locations.RealNow);

    public async Task<Result<WebhookEndpointList>> ListAsync(SignedInMember who, Tenant tenant, CancellationToken ct)
    {
        if (await access.RefuseAsync(who, Operation.ViewWebhooks, tenant) is { } refusal)
        {
            return refusal;
        }

        return new WebhookEndpointList(await ShowAsync(tenant, await store.ListAsync(tenant, ct), ct));
    }

    public async Task<Result<WebhookEndpoint>> GetAsync(SignedInMember who, Tenant tenant, string id, CancellationToken ct) =>
        await access.RefuseAsync(who, Operation.ViewWebhooks, tenant, id) is { } refusal ? refusal : await FindAsync(tenant, id, ct);

    public async Task<Result<MadeWebhook>> CreateAsync(SignedInMember who, Tenant tenant, WebhookDraft draft)
    {
        if (await access.RefuseAsync(who, WebhookAccess.ChangesOf(tenant.Environment), tenant) is { } refusal)
        {
            return refusal;
        }

        var request = Validate(draft);
        if (!request.IsSuccess)
        {
            return request.Refusal;
        }

        var made = await webhooks.CreateAsync(CallerOf(who, tenant), request.Value);
        return made.IsSuccess ? new MadeWebhook(made.Value.Id, made.Value.Url, made.Value.Secrets[0]) : made.Refusal;
    }

    public Task<Result<WebhookEndpoint>> ChangeAsync(SignedInMember who, Tenant tenant, string id, WebhookDraft draft) => ChangeAsync(who, tenant, id, async _ =>
    {
        var request = Validate(draft);
        return request.IsSuccess
            ? (await webhooks.UpdateAsync(CallerOf(who, tenant), id, request.Value with { Description = request.Value.Description ?? "" })).Refusal
            : request.Refusal;
    });

    public Task<Result<WebhookEndpoint>> PauseAsync(SignedInMember who, Tenant tenant, string id) => ChangeAsync(who, tenant, id, async webhook => webhook.PausedAt is null
        ? RefusalOf(await store.PauseAsync(tenant, webhook.RecordId, locations.RealNow, EntryOf(who, webhook, AuditAction.WebhookPaused)))
        : null);

    public Task<Result<WebhookEndpoint>> ResumeAsync(SignedInMember who, Tenant tenant, string id) => ChangeAsync(
        who, tenant, id, async webhook => webhook.PausedAt is null && webhook.DisabledAt is null
        ? null
        : RefusalOf(await store.PauseAsync(tenant, webhook.RecordId, at: null, EntryOf(who, webhook, AuditAction.WebhookResumed))));

    public Task<Result<WebhookEndpoint>> TestAsync(SignedInMember who, Tenant tenant, string id) => ChangeAsync(who, tenant, id, async webhook => webhook.PausedAt is not null
        ? RefusalOf(WebhookOutcome.Disabled)
        : RefusalOf(await store.QueueTestAsync(tenant, webhook.RecordId, await locations.NowAsync(tenant, CancellationToken.None), EntryOf(who, webhook, AuditAction.WebhookTested))));

    public async Task<Result<WebhookEndpoint>> DeleteAsync(SignedInMember who, Tenant tenant, string id, string? typedHost)
    {
        if (await access.RefuseAsync(who, WebhookAccess.ChangesOf(tenant.Environment), tenant, id) is { } refusal)
        {
            return refusal;
        }

        var found = await FindAsync(tenant, id, CancellationToken.None);
        if (!found.IsSuccess)
        {
            return found;
        }

        if (typedHost?.Trim() != found.Value.Host)
        {
            return new Refusal.Invalid([new FieldError("Host", "Type the host of the endpoint as it is shown.")]);
        }

        return await webhooks.DeleteAsync(CallerOf(who, tenant), id) is { } why ? why : found;
    }

    public async Task<Result<WebhookSecret>> AddSecretAsync(SignedInMember who, Tenant tenant, string id, string? newest, bool activate)
    {
        if (await access.RefuseAsync(who, WebhookAccess.ChangesOf(tenant.Environment), tenant, id) is { } refusal)
        {
            return refusal;
        }

        var before = await webhooks.GetAsync(tenant, id, CancellationToken.None);
        if (!before.IsSuccess)
        {
            return before.Refusal;
        }

        if (before.Value.Secrets[^1].Id != newest)
        {
            return s_madeAlready;
        }

        var caller = CallerOf(who, tenant);
        var added = await webhooks.AddSecretAsync(caller, id);
        if (!added.IsSuccess)
        {
            return added.Refusal;
        }

        var made = added.Value.Secrets[^1];
        return activate && await webhooks.ActivateSecretAsync(caller, id, made.Id) is { } why ? why : made;
    }

    public async Task<Result<WebhookSecret>> RevealSecretAsync(SignedInMember who, Tenant tenant, string id, string secretId)
    {
        if (await access.RefuseAsync(who, Operation.RevealWebhookSecrets, tenant, id) is { } refusal)
        {
            return refusal;
        }

        var found = await webhooks.GetAsync(tenant, id, CancellationToken.None);
        if (found.Value?.Secrets.FirstOrDefault(secret => secret.Id == secretId) is not { } secret)
        {
            return WebhookAccess.NotFound;
        }

        // The audit entry is written before the secret is shown: if it cannot be written, nothing is shown.
        await store.RecordAsync(EntryOf(who, tenant, id, AuditAction.WebhookSecretRevealed, secretId));
        return secret;
    }

    public Task<Result<WebhookEndpoint>> ActivateSecretAsync(SignedInMember who, Tenant tenant, string id, string secretId) =>
        ChangeAsync(who, tenant, id, _ => webhooks.ActivateSecretAsync(CallerOf(who, tenant), id, secretId));

    public Task<Result<WebhookEndpoint>> DeleteSecretAsync(SignedInMember who, Tenant tenant, string id, string secretId) =>
        ChangeAsync(who, tenant, id, _ => webhooks.DeleteSecretAsync(CallerOf(who, tenant), id, secretId));

    private static Caller CallerOf(SignedInMember who, Tenant tenant) => new(tenant, who.Actor) { Address = who.Address };

    private static Result<WebhookRequest> Validate(WebhookDraft draft)
    {
        var validator = new WebhookValidator(WebhookEvents.Names, isChange: false);
        validator.Events(draft.Events);
        validator.Url(Encoding.UTF8.GetBytes(draft.Url?.Trim() ?? ""));
        validator.Description(Encoding.UTF8.GetBytes(draft.Description?.Trim() ?? ""));
        return validator.Validate();
    }

    private static Refusal? RefusalOf(WebhookOutcome outcome) => outcome switch
    {
        WebhookOutcome.Done => null,
        WebhookOutcome.Disabled => WebhookHistory.IsStopped,
        _ => WebhookAccess.NotFound,
    };

    private async Task<Result<WebhookEndpoint>> ChangeAsync(SignedInMember who, Tenant tenant, string id, Func<StoredWebhook, Task<Refusal?>> change)
    {
        if (await access.RefuseAsync(who, WebhookAccess.ChangesOf(tenant.Environment), tenant, id) is { } refusal)
        {
            return refusal;
        }

        if (await store.FindAsync(tenant, ids.RecordIdOf(tenant.Environment, id), CancellationToken.None) is not { } webhook)
        {
            return WebhookAccess.NotFound;
        }

        return await change(webhook) is { } why ? why : await FindAsync(tenant, id, CancellationToken.None);
    }

    private async Task<Result<WebhookEndpoint>> FindAsync(Tenant tenant, string id, CancellationToken ct) =>
        await store.FindAsync(tenant, ids.RecordIdOf(tenant.Environment, id), ct) is { } webhook ? (await ShowAsync(tenant, [webhook], ct))[0] : WebhookAccess.NotFound;

    private async Task<IReadOnlyList<WebhookEndpoint>> ShowAsync(Tenant tenant, IReadOnlyList<StoredWebhook> stored, CancellationToken ct)
    {
        var health = await history.ReadHealthAsync(tenant, [.. stored.Select(webhook => webhook.RecordId)], locations.RealNow.AddDays(-WebhookHealth.Days), ct);
        return [.. stored.Select(webhook => Show(webhook, health.GetValueOrDefault(webhook.RecordId) ?? WebhookHealth.None))];
    }

    private WebhookEndpoint Show(StoredWebhook webhook, WebhookHealth health) => new()
    {
        Id = ids.IdOf(webhook.Tenant.Environment, webhook.RecordId),
        Tenant = webhook.Tenant,
        Url = webhook.Url,
        Description = webhook.Description,
        Events = webhook.Events,
        Secrets = [.. webhook.Secrets.Select(secret => new WebhookSecretState(
            ids.SecretIdOf(webhook.Tenant.Environment, secret.RecordId), secret.CreatedAt, secret.IsActive, secret.SignsUntil > locations.RealNow ? secret.SignsUntil : null))],
        CreatedAt = webhook.CreatedAt,
        PausedAt = webhook.PausedAt,
        DisabledAt = webhook.DisabledAt,
        FailingSince = webhook.FailingSince,
        Health = health,
    };

    private AuditEntry EntryOf(SignedInMember who, StoredWebhook webhook, AuditAction action) =>
        EntryOf(who, webhook.Tenant, ids.IdOf(webhook.Tenant.Environment, webhook.RecordId), action, "");

    private AuditEntry EntryOf(SignedInMember who, Tenant tenant, string id, AuditAction action, string detail) =>
        new AuditActor(tenant.Account, who.Actor, who.Address).Entry(locations.RealNow, action, id, detail);
}
