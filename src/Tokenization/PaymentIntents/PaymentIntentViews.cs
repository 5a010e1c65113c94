using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Authorization;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.PaymentIntents;

/// <summary>Finds payment intents, brings them up to date, and converts them to the form that tenants see.</summary>
internal sealed class PaymentIntentViews(
    IPaymentIntentStore store, ISettlementStore settlementStore, Settlements settlements, ChargeableTokens tokens, PaymentIntentIds ids, LocationDirectory locations)
{
    public static readonly Refusal.NotFound NotFound = new("There is no such payment intent.");

    /// <summary>Returns a tenant's payment intent, up to date; null when there is none.</summary>
    public async Task<StoredPaymentIntent?> FindAsync(Tenant tenant, string id, CancellationToken ct) =>
        await store.FindAsync(tenant, ids.RecordIdOf(tenant.Environment, id), ct) is { } intent ? await BringUpToDateAsync(intent, ct) : null;

    /// <summary>Returns a payment intent by id alone, up to date. Only for data that anyone who knows the id may see.</summary>
    public async Task<StoredPaymentIntent?> FindPublicAsync(string id, CancellationToken ct)
    {
        var environment = ids.EnvironmentOf(id);
        return await store.FindPublicAsync(environment, ids.RecordIdOf(environment, id), ct) is { } intent ? await BringUpToDateAsync(intent, ct) : null;
    }

    /// <summary>Cancels the payment intent if it has expired, and returns it as it is now.</summary>
    public async Task<StoredPaymentIntent> BringUpToDateAsync(StoredPaymentIntent intent, CancellationToken ct)
    {
        if (intent is not { Status: PaymentIntentStatus.Created, Attempt: null } || intent.ExpireAt > await locations.NowAsync(intent.Tenant, ct))
        {
            return intent;
        }

        await store.CancelAsync(intent, new PaymentIntentEvent(PaymentIntentEventType.Canceled, intent.ExpireAt, Actors.Vault, "expireAt has passed"));
        return (await store.FindAsync(intent.Tenant, intent.RecordId, ct))!;
    }

    public async Task<PaymentIntent> ShowAsync(StoredPaymentIntent intent, CancellationToken ct) => new(
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
        RequestedAmount = intent.RequestedAmount is { } requested && requested != intent.Amount.Value ? intent.Amount with { Value = requested } : null,
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
