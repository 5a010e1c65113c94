using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Authorization;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Customers;
using Dojo.Pci.Tokenization.Idempotency;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.PaymentIntents;

internal sealed class PaymentIntentService(
    IPaymentIntentStore store,
    ISettlementStore settlementStore,
    ChargeableTokens tokens,
    SavedCards savedCards,
    Charges charges,
    Settlements settlements,
    PaymentIntentViews views,
    IdempotentWork idempotency,
    IdempotencyHasher hasher,
    PaymentIntentIds ids,
    LocationDirectory locations) : IPaymentIntentService
{
    /// <summary>The lifetime when the creator did not say; Dojo's own default for payment intents.</summary>
    private static readonly TimeSpan s_defaultLifetime = TimeSpan.FromDays(30);

    public Task<Result<PaymentIntent>> CreateAsync(Caller caller, PaymentIntentRequest request, IdempotencyKey? idempotencyKey = null) =>
        idempotencyKey is null
            ? CreateAsync(caller, request, ids.Next(), keyHash: null)
            : idempotency.RunAsync(
                new IdempotentRequest(caller.Tenant, idempotencyKey, hasher.OfRequest(caller.Tenant, request)),
                ids.Next(),
                answer => ReplayAsync(caller.Tenant, answer),
                (recordId, keyHash) => CreateAsync(caller, request, recordId, keyHash));

    private async Task<Result<PaymentIntent>> CreateAsync(Caller caller, PaymentIntentRequest request, long recordId, byte[]? keyHash)
    {
        var now = await locations.NowAsync(caller.Tenant, CancellationToken.None);
        if (request.ExpireAt <= now)
        {
            return new Refusal.Invalid([new FieldError(Fields.ExpireAt, "The ExpireAt field must be in the future.")]);
        }

        long? token = null;
        if (request.SetupIntentId is { } named)
        {
            var found = await tokens.FindChargeableAsync(caller.Tenant, named);
            if (!found.IsSuccess)
            {
                return found.Refusal;
            }

            token = found.Value.RecordId;
        }

        long? savedCard = null;
        if (request.SavedCard is { } paying)
        {
            var found = await savedCards.FindAsync(caller.Tenant, paying);
            if (!found.IsSuccess)
            {
                return found.Refusal;
            }

            savedCard = found.Value.RecordId;
        }

        var intent = new StoredPaymentIntent(
            recordId,
            caller.Tenant,
            token,
            PaymentIntentStatus.Created,
            request.Amount,
            request.Reference,
            request.Metadata,
            request.DetailsJson,
            now,
            now,
            request.ExpireAt ?? now + s_defaultLifetime,
            Attempt: null)
        {
            SavedCardRecordId = savedCard,
            TipsAmount = request.TipsAmount,
            CaptureMode = request.CaptureMode,
            AutoExpireIn = request.CaptureMode == CaptureMode.Manual ? request.AutoExpireIn : null,
            AutoExpireAction = request.CaptureMode == CaptureMode.Manual ? request.AutoExpireAction : null,
            ServiceChargeAmount = request.ServiceChargeAmount,
            ClientSecret = token is null ? new ClientSecretState(Generation: 0, ClientSecrets.ExpiryFrom(now)) : null,
        };
        await store.InsertAsync(intent, new PaymentIntentEvent(PaymentIntentEventType.Created, now, caller.Actor, "created on request"), keyHash);
        return (await views.ShowAsync(intent, CancellationToken.None)) with { ClientSecret = ids.ClientSecretOf(intent) };
    }

    public async Task<Result<PaymentIntent>> GetAsync(Tenant tenant, string id, bool returnCanceled, CancellationToken ct) =>
        await views.FindAsync(tenant, id, ct) is { } intent && (returnCanceled || intent.Status != PaymentIntentStatus.Canceled)
            ? await views.ShowAsync(intent, ct)
            : PaymentIntentViews.NotFound;

    public async Task<Result<PaymentIntent>> DeleteAsync(Caller caller, string id)
    {
        if (await views.FindAsync(caller.Tenant, id, CancellationToken.None) is not { } intent)
        {
            return PaymentIntentViews.NotFound;
        }

        if (intent.Status != PaymentIntentStatus.Created)
        {
            return new Refusal.WrongState($"The payment intent is {intent.Status}; only a Created one can be deleted.");
        }

        var now = await locations.NowAsync(caller.Tenant, CancellationToken.None);
        var deleted = await store.CancelAsync(intent, new PaymentIntentEvent(PaymentIntentEventType.Canceled, now, caller.Actor, "deleted on request"));
        return deleted
            ? await views.ShowAsync(intent with { Status = PaymentIntentStatus.Canceled, UpdatedAt = now }, CancellationToken.None)
            : new Refusal.WrongState("The payment intent is being charged, or has just been changed by another request. Read it again.");
    }

    public async Task<Result<Charge>> ChargeAsync(Caller caller, string id) =>
        await views.FindAsync(caller.Tenant, id, CancellationToken.None) is { } intent ? await charges.MakeAsync(intent) : PaymentIntentViews.NotFound;

    public async Task<Result<Charge>> PayAsync(Caller caller, string id, CardDetails card)
    {
        if (await views.FindAsync(caller.Tenant, id, CancellationToken.None) is not { } intent)
        {
            return PaymentIntentViews.NotFound;
        }

        return card.Expiry.IsExpiredAt(await locations.NowAsync(caller.Tenant, CancellationToken.None))
            ? new Refusal.Invalid([new FieldError(Fields.ExpiryDate, "The ExpiryDate field must not be in the past.")])
            : await charges.PayAsync(intent, card);
    }

    public Task<Result<Settlement>> CaptureAsync(Caller caller, string id, CaptureRequest request, IdempotencyKey? idempotencyKey) =>
        SettleAsync(caller, id, new SettlementWish(SettlementKind.Capture, request.Amount + request.TipsAmount, request.TipsAmount), idempotencyKey);

    public Task<Result<Settlement>> ReverseAsync(Caller caller, string id, IdempotencyKey? idempotencyKey) =>
        SettleAsync(caller, id, new SettlementWish(SettlementKind.Reversal), idempotencyKey);

    public Task<Result<Settlement>> RefundAsync(Caller caller, string id, RefundRequest request, IdempotencyKey idempotencyKey) =>
        SettleAsync(caller, id, new SettlementWish(SettlementKind.Refund, request.Amount, Reason: request.Reason, Notes: request.Notes), idempotencyKey);

    public async Task<Result<Settlement>> GetRefundAsync(Tenant tenant, string refundId, CancellationToken ct) =>
        await settlementStore.FindAsync(tenant, ids.RefundRecordIdOf(tenant.Environment, refundId), ct) is var (settlement, payment)
        && settlement.Status == SettlementStatus.Successful
            ? settlements.Show(payment, settlement)
            : new Refusal.NotFound("There is no such refund.");

    private async Task<Result<Settlement>> SettleAsync(Caller caller, string id, SettlementWish wish, IdempotencyKey? key) =>
        await views.FindAsync(caller.Tenant, id, CancellationToken.None) is { } intent
            ? await settlements.MakeAsync(intent, wish, caller.Actor, key is null ? null : hasher.OfKey(caller.Tenant, key))
            : PaymentIntentViews.NotFound;

    // Returns the first answer again: Created, with the first secret.
    private async Task<Result<PaymentIntent>> ReplayAsync(Tenant tenant, IdempotencyAnswer answer)
    {
        var stored = await store.FindAsync(tenant, answer.RecordId, CancellationToken.None)
            ?? throw new InvalidOperationException("An answered idempotency key names no payment intent.");
        var first = stored.AsCreated();
        return (await views.ShowAsync(first, CancellationToken.None)) with { ClientSecret = ids.ClientSecretOf(first), Events = [] };
    }
}
