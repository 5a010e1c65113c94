using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Authorization;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Idempotency;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.PaymentIntents;

internal sealed class PaymentIntentService(
    IPaymentIntentStore store,
    ISettlementStore settlementStore,
    ChargeableTokens tokens,
    Charges charges,
    Settlements settlements,
    IdempotencyHasher hasher,
    PaymentIntentIds ids,
    LocationDirectory locations) : IPaymentIntentService
{
    /// <summary>Dojo's own default for payment intents.</summary>
    private static readonly TimeSpan s_defaultLifetime = TimeSpan.FromDays(30);

    private static readonly Refusal.NotFound s_notFound = new("There is no such payment intent.");

    public async Task<Result<PaymentIntent>> CreateAsync(Caller caller, PaymentIntentRequest request)
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

        var intent = new StoredPaymentIntent(
            ids.Next(),
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
            TipsAmount = request.TipsAmount,
            CaptureMode = request.CaptureMode,
            AutoExpireIn = request.CaptureMode == CaptureMode.Manual ? request.AutoExpireIn : null,
            AutoExpireAction = request.CaptureMode == CaptureMode.Manual ? request.AutoExpireAction : null,
            ServiceChargeAmount = request.ServiceChargeAmount,
            ClientSecret = token is null ? new ClientSecretState(Generation: 0, ClientSecrets.ExpiryFrom(now)) : null,
        };
        await store.InsertAsync(intent, new PaymentIntentEvent(PaymentIntentEventType.Created, now, caller.Actor, "created on request"));
        return (await ShowAsync(intent, CancellationToken.None)) with { ClientSecret = ids.ClientSecretOf(intent) };
    }

    public async Task<Result<PaymentIntent>> GetAsync(Tenant tenant, string id, bool returnCanceled, CancellationToken ct) =>
        await FindAsync(tenant, id, ct) is { } intent && (returnCanceled || intent.Status != PaymentIntentStatus.Canceled)
            ? await ShowAsync(intent, ct)
            : s_notFound;

    public async Task<Result<PaymentIntent>> DeleteAsync(Caller caller, string id)
    {
        if (await FindAsync(caller.Tenant, id, CancellationToken.None) is not { } intent)
        {
            return s_notFound;
        }

        if (intent.Status != PaymentIntentStatus.Created)
        {
            return new Refusal.WrongState($"The payment intent is {intent.Status}; only a Created one can be deleted.");
        }

        var now = await locations.NowAsync(caller.Tenant, CancellationToken.None);
        var deleted = await store.CancelAsync(intent, new PaymentIntentEvent(PaymentIntentEventType.Canceled, now, caller.Actor, "deleted on request"));
        return deleted
            ? await ShowAsync(intent with { Status = PaymentIntentStatus.Canceled, UpdatedAt = now }, CancellationToken.None)
            : new Refusal.WrongState("The payment intent is being charged, or has just been changed by another request. Read it again.");
    }

    public async Task<Result<Charge>> ChargeAsync(Caller caller, string id) =>
        await FindAsync(caller.Tenant, id, CancellationToken.None) is { } intent ? await charges.MakeAsync(intent) : s_notFound;

    public async Task<Result<Charge>> PayAsync(Caller caller, string id, CardDetails card)
    {
        if (await FindAsync(caller.Tenant, id, CancellationToken.None) is not { } intent)
        {
            return s_notFound;
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
        await FindAsync(caller.Tenant, id, CancellationToken.None) is { } intent
            ? await settlements.MakeAsync(intent, wish, caller.Actor, key is null ? null : hasher.OfKey(caller.Tenant, key))
            : s_notFound;

    private async Task<StoredPaymentIntent?> FindAsync(Tenant tenant, string id, CancellationToken ct)
    {
        var intent = await store.FindAsync(tenant, ids.RecordIdOf(tenant.Environment, id), ct);
        if (intent is not { Status: PaymentIntentStatus.Created, Attempt: null } || intent.ExpireAt > await locations.NowAsync(tenant, ct))
        {
            return intent;
        }

        await store.CancelAsync(intent, new PaymentIntentEvent(PaymentIntentEventType.Canceled, intent.ExpireAt, Actors.Vault, "expireAt has passed"));
        return await store.FindAsync(tenant, intent.RecordId, ct);
    }

    private async Task<PaymentIntent> ShowAsync(StoredPaymentIntent intent, CancellationToken ct) => new(
        ids.IdOf(intent.Tenant.Environment, intent.RecordId),
        intent.Status,
        intent.Amount,
        intent.Reference,
        tokens.TokenOf(intent),
        intent.CreatedAt,
        intent.UpdatedAt,
        intent.ExpireAt,
        intent.Metadata,
        intent.DetailsJson,
        await tokens.CardOfAsync(intent, ct),
        await store.ListEventsAsync(intent, ct))
    {
        TipsAmount = MoneyOf(intent, intent.TipsAmount),
        ServiceChargeAmount = MoneyOf(intent, intent.ServiceChargeAmount),
        TotalAmount = intent.Total,
        RefundedAmount = intent.RefundedAmount,
        CaptureMode = intent.CaptureMode,
        AutoExpireIn = intent.AutoExpireIn,
        AutoExpireAction = intent.AutoExpireAction,
        Captures = intent.CaptureMode == CaptureMode.Manual && intent.AuthorizedAmount > 0
            ? [.. (await settlementStore.ListAsync(intent, ct)).Where(stored => stored.Kind == SettlementKind.Capture).Select(stored => settlements.Show(intent, stored))]
            : [],
    };

    private static Money? MoneyOf(StoredPaymentIntent intent, long value) => value > 0 ? intent.Amount with { Value = value } : null;
}
