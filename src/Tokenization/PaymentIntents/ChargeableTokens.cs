using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.PaymentIntents;

/// <summary>Finds setup intents that can be charged, and opens their cards.</summary>
internal sealed class ChargeableTokens(ISetupIntentStore store, SetupIntentIds ids, DueSweep sweep, CardOpening opening, LocationDirectory locations)
{
    /// <summary>Returns the setup intent of a token, if it can be charged now.</summary>
    public async Task<Result<StoredSetupIntent>> FindChargeableAsync(Tenant tenant, string token) =>
        await FindAsync(tenant, ids.RecordIdOf(tenant.Environment, token)) is { } intent
            ? await ValidateAsync(intent)
            : new Refusal.Invalid([new FieldError(Fields.SetupIntentId, "The SetupIntentId field names no setup intent.")]);

    /// <summary>Returns the setup intent of a payment intent, if it can be charged now.</summary>
    public async Task<Result<StoredSetupIntent>> FindChargeableAsync(StoredPaymentIntent payment) => payment.SetupIntentRecordId is { } token
        ? await ValidateAsync(await FindAsync(payment.Tenant, token) ?? throw Vanished())
        : new Refusal.WrongState("The payment intent has no setup intent to charge: a shopper pays it.");

    /// <summary>Opens the card of a setup intent, for the acquirer. The caller disposes it.</summary>
    public ValueTask<CardDetails> OpenCardAsync(StoredSetupIntent intent) => opening.OpenAsync(intent);

    public string? TokenOf(StoredPaymentIntent payment) =>
        payment.SetupIntentRecordId is { } token ? ids.TokenOf(payment.Tenant.Environment, token) : null;

    /// <summary>Returns the displayable card that pays a payment intent: that of its token, the shopper's, or the saved one; null when none is known.</summary>
    public async Task<ShownCard?> CardOfAsync(StoredPaymentIntent payment, CancellationToken ct) =>
        payment.SetupIntentRecordId is not { } token ? payment.Card
        : await store.FindAsync(payment.Tenant, token, ct) is { } intent ? ids.ToSetupIntent(intent).Card
        : null;

    private static InvalidOperationException Vanished() => new("The setup intent of a payment intent has vanished.");

    private async Task<StoredSetupIntent?> FindAsync(Tenant tenant, long recordId) =>
        await store.FindAsync(tenant, recordId, CancellationToken.None) is { } intent
            ? await sweep.BringUpToDateAsync(intent, await locations.NowAsync(tenant, CancellationToken.None))
            : null;

    private async Task<Result<StoredSetupIntent>> ValidateAsync(StoredSetupIntent intent)
    {
        var location = await locations.GetAsync(intent.Tenant, CancellationToken.None);
        var isRepeatable = location.RepeatedCharges && intent.Mandate.TransactionType == TransactionTypes.Unscheduled;
        if (intent.Status != SetupIntentStatus.Authorized && !(intent.Status == SetupIntentStatus.Completed && isRepeatable))
        {
            return new Refusal.WrongState($"The setup intent is {intent.Status}, and cannot be charged.");
        }

        var now = await locations.NowAsync(intent.Tenant, CancellationToken.None);
        return intent.Card is { SealedRecord: not null } card && !card.Expiry.IsExpiredAt(now)
            ? intent
            : new Refusal.WrongState("The setup intent's card has expired, or its data is no longer kept.");
    }
}
