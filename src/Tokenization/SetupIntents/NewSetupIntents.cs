using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Tokenization.SetupIntents;

/// <summary>A setup intent that is to be stored, with its history.</summary>
internal sealed record PreparedSetupIntent(StoredSetupIntent Intent, IReadOnlyList<SetupIntentEvent> Events);

/// <summary>Creates setup intents: takes in the card, and stores the outcome with its history.</summary>
internal sealed class NewSetupIntents(
    ISetupIntentStore store, CardIntake intake, ISavedCardOwners owners, SetupIntentIds ids, LocationDirectory locations, IOptions<SetupIntentOptions> options)
{
    public async Task<Result<SetupIntent>> CreateAsync(Caller caller, SetupIntentRequest request, long recordId, byte[]? idempotencyKeyHash, AuditEntry? audit = null)
    {
        var prepared = await PrepareAsync(caller, request, recordId);
        if (!prepared.IsSuccess)
        {
            return prepared.Refusal;
        }

        var (intent, events) = prepared.Value;
        var entry = audit is null ? null : audit with { Subject = ids.TokenOf(intent.Tenant.Environment, recordId) };
        return RefusalOf(await store.InsertAsync(intent, events, idempotencyKeyHash, entry)) is { } refusal ? refusal : ids.WithClientSecret(intent);
    }

    /// <summary>Returns why a prepared setup intent was not stored; null when it was.</summary>
    public static Refusal? RefusalOf(InsertOutcome outcome) => outcome switch
    {
        InsertOutcome.Inserted => null,
        InsertOutcome.ReferenceTaken => new Refusal.Conflict("Another setup intent of this location has the same reference, and the location accepts each reference only once."),
        _ => new Refusal.Conflict("The customer has just been deleted, or has the maximum number of saved cards."),
    };

    /// <summary>Asks the issuer about the card, if there is one, and prepares the setup intent without storing it.</summary>
    public async ValueTask<Result<PreparedSetupIntent>> PrepareAsync(Caller caller, SetupIntentRequest request, long recordId)
    {
        var tenant = caller.Tenant;
        var location = await locations.GetAsync(tenant, CancellationToken.None);
        var createdAt = await locations.NowAsync(tenant, CancellationToken.None);
        if (request.ExpireAt <= createdAt)
        {
            return new Refusal.Invalid([new FieldError(Fields.ExpireAt, "The ExpireAt field must be in the future.")]);
        }

        var owner = request is { Card: not null, CustomerId: { } customer } ? await owners.FindOwnerAsync(tenant, customer) : CardOwner.Nobody;
        if (!owner.IsSuccess)
        {
            return owner.Refusal;
        }

        var taken = await intake.DecideAsync(caller, request.Card, recordId, createdAt);
        if (taken.Refusal is { } refusal)
        {
            return refusal;
        }

        var decision = taken.Value!;
        var made = new SetupIntentEvent(SetupIntentEventType.Created, createdAt, caller.Actor, "created on request");
        SetupIntentEvent[] events = decision.CardEvent is { } cardEvent ? [made, cardEvent] : [made];

        var updatedAt = events[^1].At;
        var expireAt = decision.Status == SetupIntentStatus.Created ? request.ExpireAt ?? createdAt + options.Value.DefaultLifetime : request.ExpireAt;
        var intent = new StoredSetupIntent(
            recordId,
            tenant,
            decision.Status,
            createdAt,
            updatedAt,
            request.Reference,
            request.Description,
            request.Metadata,
            decision.Card)
        {
            Mandate = AgreementOf(request),
            Attempt = decision.CardEvent is { Type: SetupIntentEventType.AuthorizationUnknown, TransactionId: { } transactionId }
                ? new UnresolvedAttempt(transactionId, decision.CardEvent.At)
                : null,
            ClientSecret = request.IsOrdinary ? new ClientSecretState(Generation: 0, ClientSecrets.ExpiryFrom(createdAt)) : null,
            ExpireAt = expireAt,
            SavedFor = owner.Value.RecordId,
            DueAt = DueWork.DueAt(decision.Status, updatedAt, decision.Card, expireAt, location.Retention),
        };
        return new PreparedSetupIntent(intent, events);
    }

    // Only the merchant can charge a card that was sent to us, and the caller has not said that it is for a no-show.
    private static Mandate AgreementOf(SetupIntentRequest request) => request.Card is not null && request.Mandate.TransactionType is null
        ? request.Mandate with { TransactionType = TransactionTypes.Unscheduled }
        : request.Mandate;
}
