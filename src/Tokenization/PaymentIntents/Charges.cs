using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Authorization;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Customers;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.PaymentIntents;

/// <summary>
/// Charges payment intents, never twice. An attempt is on disk before the acquirer is asked, and so is its outcome afterwards. When a crash or a lost answer
/// leaves an attempt without an outcome, this asks the acquirer what became of it. An attempt that the acquirer has never seen has ended, because the
/// acquirer will not accept it later (docs/acquirer.md, rule 3); the next attempt has another transaction id.
/// </summary>
internal sealed class Charges(
    IPaymentIntentStore store, ChargeableTokens tokens, SavedCards savedCards, ICardAuthorizer authorizer, IPaymentAcquirer acquirer, PaymentIntentIds ids, LocationDirectory locations)
{
    /// <summary>Longer than any call to the acquirer, which ends after a minute at the latest, including its own questions about the outcome.</summary>
    internal static readonly TimeSpan LeaseTime = TimeSpan.FromMinutes(2);

    /// <summary>How long an authorization can be captured when the creator did not say; Dojo's own default.</summary>
    private static readonly TimeSpan s_timeToCapture = TimeSpan.FromDays(7);

    private const int BatchSize = 50;

    /// <summary>Charges the token or saved card of a payment intent, or resolves its open charge.</summary>
    public async Task<Result<Charge>> MakeAsync(StoredPaymentIntent payment)
    {
        if (await ConcludeAsync(payment) is { } concluded)
        {
            return concluded;
        }

        return payment.SavedCardRecordId is { } savedCard ? await PaySavedAsync(payment, savedCard) : await ChargeTokenAsync(payment);
    }

    /// <summary>Charges the card of a shopper, or resolves the payment intent's open charge. The caller keeps ownership of the card.</summary>
    public async Task<Result<Charge>> PayAsync(StoredPaymentIntent payment, CardDetails card)
    {
        if (payment.SetupIntentRecordId is not null || payment.SavedCardRecordId is not null)
        {
            return new Refusal.WrongState("The payment intent is for a setup intent or a saved card: charge it instead.");
        }

        return await ConcludeAsync(payment) is { } concluded ? concluded : await PayWithAsync(payment, card);
    }

    private async Task<Result<Charge>> ChargeTokenAsync(StoredPaymentIntent payment)
    {
        var token = await tokens.FindChargeableAsync(payment);
        if (!token.IsSuccess)
        {
            return token.Refusal;
        }

        var attempt = NewAttempt();
        var begun = await store.BeginAsync(payment, token.Value.Status, attempt);
        if (begun != BeginOutcome.Begun)
        {
            return Refuse(begun);
        }

        using var card = await tokens.OpenCardAsync(token.Value);
        return await AskAndEndAsync(payment, attempt, card);
    }

    private async Task<Result<Charge>> PaySavedAsync(StoredPaymentIntent payment, long savedCard)
    {
        var token = await savedCards.FindAsync(payment.Tenant, savedCard);
        if (!token.IsSuccess)
        {
            return token.Refusal;
        }

        using var card = await tokens.OpenCardAsync(token.Value);
        return await PayWithAsync(payment, card);
    }

    private async Task<Result<Charge>> PayWithAsync(StoredPaymentIntent payment, CardDetails card)
    {
        var attempt = NewAttempt();
        var begun = await store.BeginAsync(payment, new ShownCard(card.Number.Masked, card.Number.Scheme, card.Expiry), attempt);
        return begun == BeginOutcome.Begun ? await AskAndEndAsync(payment, attempt, card) : Refuse(begun);
    }

    /// <summary>Lists the payment intents of a tenant with an abandoned charge: one without an outcome, whose lease has expired.</summary>
    public async Task<IReadOnlyList<StoredPaymentIntent>> ListAbandonedAsync(Tenant tenant, CancellationToken ct) =>
        await store.ListAbandonedAsync(tenant, locations.RealNow, BatchSize, ct);

    private static Refusal.Conflict Busy() => new("The payment intent, or another one with the same setup intent, is being charged.");

    /// <summary>Asks for the outcome of a payment intent's open charge, and ends the charge.</summary>
    public async Task<Result<Charge>> ResolveAsync(StoredPaymentIntent payment)
    {
        if (!await store.TakeOverAsync(payment, locations.RealNow, locations.RealNow + LeaseTime))
        {
            return Busy();
        }

        var attempt = payment.Attempt!;
        return await EndAsync(payment, attempt, await authorizer.AskAsync(payment.Tenant, attempt.TransactionId, CancellationToken.None));
    }

    /// <summary>Returns the answer when no new charge can be made, resolving an open charge first; null when a new one can be.</summary>
    private async Task<Result<Charge>?> ConcludeAsync(StoredPaymentIntent payment)
    {
        if (payment.Status != PaymentIntentStatus.Created)
        {
            return new Refusal.WrongState($"The payment intent is {payment.Status}; only a Created one can be charged.");
        }

        if (payment.Attempt is null)
        {
            return null;
        }

        var resolved = await ResolveAsync(payment);
        var isFree = resolved is { IsSuccess: true, Value.Status: ChargeStatus.Failed };
        var isOver = payment.ExpireAt <= await locations.NowAsync(payment.Tenant, CancellationToken.None);
        return isFree && !isOver ? null : (Result<Charge>?)resolved;
    }

    private ChargeAttempt NewAttempt() => new(TransactionIds.New(), locations.RealNow + LeaseTime);

    private static Refusal.Conflict Refuse(BeginOutcome outcome) => outcome == BeginOutcome.Busy
        ? Busy()
        : new Refusal.Conflict("The payment intent or its setup intent has just been changed by another request. Read it again.");

    private async Task<Result<Charge>> AskAndEndAsync(StoredPaymentIntent payment, ChargeAttempt attempt, CardDetails card) => await EndAsync(
        payment,
        attempt,
        payment.CaptureMode == CaptureMode.Manual
            ? await acquirer.HoldAsync(payment.Tenant, card, payment.Total.Value, payment.Total.CurrencyCode, attempt.TransactionId, CancellationToken.None)
            : await authorizer.ChargeAsync(payment.Tenant, card, payment.Total.Value, payment.Total.CurrencyCode, attempt.TransactionId, CancellationToken.None));

    private async Task<Result<Charge>> EndAsync(StoredPaymentIntent payment, ChargeAttempt attempt, AuthorizationOutcome outcome)
    {
        var now = await locations.NowAsync(payment.Tenant, CancellationToken.None);
        var isManual = payment.CaptureMode == CaptureMode.Manual;
        var (status, entry) = outcome switch
        {
            AuthorizationOutcome.Approved approved => (ChargeStatus.Successful, new PaymentIntentEvent(
                isManual ? PaymentIntentEventType.Authorized : PaymentIntentEventType.Captured, now, Actors.Issuer, "the issuer approved", approved.TransactionId, approved.AuthCode, payment.Total.Value)),
            AuthorizationOutcome.Declined declined => (ChargeStatus.Declined, new PaymentIntentEvent(
                PaymentIntentEventType.Declined, now, Actors.Issuer, "the issuer declined", declined.TransactionId)),
            AuthorizationOutcome.Unknown unknown => (ChargeStatus.Unknown, new PaymentIntentEvent(
                PaymentIntentEventType.Unknown, now, Actors.Issuer, "the issuer's answer is not known", unknown.TransactionId)),
            _ => (ChargeStatus.Failed, new PaymentIntentEvent(
                PaymentIntentEventType.Error, now, Actors.Vault, "no acquirer was asked", attempt.TransactionId)),
        };

        if (status == ChargeStatus.Unknown)
        {
            await store.LeaveUnknownAsync(payment, attempt, askAgainAt: locations.RealNow, entry);
        }
        else if (!await store.FinishAsync(payment, attempt, entry, isManual ? now + (payment.AutoExpireIn ?? s_timeToCapture) : null))
        {
            return new Refusal.Conflict("The charge has been ended by another request. Read the payment intent.");
        }

        return new Charge(ids.IdOf(payment.Tenant.Environment, payment.RecordId), status, payment.CaptureMode);
    }
}
