using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Idempotency;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.SetupIntents;

internal sealed class SetupIntentService(
    ISetupIntentStore store, IdempotentWork idempotency, CardIntake intake, SetupIntentIds ids, TimeProvider clock) : ISetupIntentService
{
    public Task<Result<SetupIntent>> CreateAsync(Caller caller, SetupIntentRequest request, IdempotencyKey? idempotencyKey) =>
        idempotencyKey is null
            ? CreateAsync(caller, request, ids.Next(), idempotencyKeyHash: null)
            : idempotency.RunAsync(
                caller.Tenant,
                idempotencyKey,
                request,
                ids.Next(),
                ids.ToSetupIntent,
                (recordId, keyHash) => CreateAsync(caller, request, recordId, keyHash));

    private async Task<Result<SetupIntent>> CreateAsync(Caller caller, SetupIntentRequest request, long recordId, byte[]? idempotencyKeyHash)
    {
        var createdAt = Instants.ToMicroseconds(clock.GetUtcNow());
        var decision = await intake.DecideAsync(caller.Tenant, request.Card, recordId, createdAt);
        List<SetupIntentEvent> events = [new(SetupIntentEventType.Created, createdAt, caller.Actor)];
        if (decision.CardEvent is { } cardEvent)
        {
            events.Add(cardEvent);
        }

        var intent = new StoredSetupIntent(
            recordId,
            caller.Tenant,
            decision.Status,
            createdAt,
            UpdatedAt: events[^1].At,
            request.Reference,
            request.Description,
            request.Metadata,
            decision.Card);
        return await store.InsertAsync(intent, events, idempotencyKeyHash) == InsertOutcome.Inserted
            ? ids.ToSetupIntent(intent)
            : new Refusal.Conflict("Another setup intent of this location has the same reference, and the location takes each reference once.");
    }
}
