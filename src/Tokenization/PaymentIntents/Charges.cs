using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Authorization;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tokenization.PaymentIntents;

/// <summary>
/// Takes money, never twice. An attempt is on disk before the acquirer hears of it, and ends on disk; one whose end is missing,
/// through a crash or a lost answer, is resolved by asking what became of it. One that the acquirer has never seen has ended: it
/// never will be seen (docs/acquirer.md, rule 3), and another is made under another name.
/// </summary>
internal sealed class Charges(
    IPaymentIntentStore store, ChargeableTokens tokens, ICardAuthorizer authorizer, PaymentIntentIds ids, LocationDirectory locations)
{
    /// <summary>Longer than any call to the acquirer takes: that ends after a minute at the latest, its own questions included.</summary>
    internal static readonly TimeSpan LeaseTime = TimeSpan.FromMinutes(2);

    private const int BatchSize = 50;

    /// <summary>Charges a payment intent, or resolves the charge that it has.</summary>
    public async Task<Result<Charge>> MakeAsync(StoredPaymentIntent payment)
    {
        if (payment.Status != PaymentIntentStatus.Created)
        {
            return new Refusal.WrongState($"The payment intent is {payment.Status}; only a Created one can be charged.");
        }

        if (payment.Attempt is not null)
        {
            var resolved = await ResolveAsync(payment);
            var isFree = resolved is { IsSuccess: true, Value.Status: ChargeStatus.Failed };
            if (!isFree || payment.ExpireAt <= await locations.NowAsync(payment.Tenant, CancellationToken.None))
            {
                return resolved;
            }
        }

        var token = await tokens.FindChargeableAsync(payment);
        if (!token.IsSuccess)
        {
            return token.Refusal;
        }

        var attempt = new ChargeAttempt(TransactionIds.New(), locations.RealNow + LeaseTime);
        return await store.BeginAsync(payment, token.Value.Status, attempt) switch
        {
            BeginOutcome.Begun => await EndAsync(payment, attempt, await AskIssuerAsync(payment, attempt, token.Value)),
            BeginOutcome.Busy => Busy(),
            _ => new Refusal.Conflict("The payment intent or its setup intent has just been changed by another request. Read it again."),
        };
    }

    /// <summary>The payment intents of a tenant with a charge whose end is missing.</summary>
    public async Task<IReadOnlyList<StoredPaymentIntent>> ListAbandonedAsync(Tenant tenant, CancellationToken ct) =>
        await store.ListAbandonedAsync(tenant, locations.RealNow, BatchSize, ct);

    private static Refusal.Conflict Busy() => new("The payment intent, or another one with the same setup intent, is being charged.");

    /// <summary>Finds out what became of the charge that a payment intent has, and ends it.</summary>
    public async Task<Result<Charge>> ResolveAsync(StoredPaymentIntent payment)
    {
        if (!await store.TakeOverAsync(payment, locations.RealNow, locations.RealNow + LeaseTime))
        {
            return Busy();
        }

        var attempt = payment.Attempt!;
        return await EndAsync(payment, attempt, await authorizer.AskAsync(payment.Tenant, attempt.TransactionId, CancellationToken.None));
    }

    private async Task<AuthorizationOutcome> AskIssuerAsync(StoredPaymentIntent payment, ChargeAttempt attempt, StoredSetupIntent token)
    {
        using var card = await tokens.OpenCardAsync(token);
        return await authorizer.ChargeAsync(
            payment.Tenant, card, payment.Amount.Value, payment.Amount.CurrencyCode, attempt.TransactionId, CancellationToken.None);
    }

    private async Task<Result<Charge>> EndAsync(StoredPaymentIntent payment, ChargeAttempt attempt, AuthorizationOutcome outcome)
    {
        var now = await locations.NowAsync(payment.Tenant, CancellationToken.None);
        var (status, entry) = outcome switch
        {
            AuthorizationOutcome.Approved approved => (ChargeStatus.Successful, new PaymentIntentEvent(
                PaymentIntentEventType.Captured, now, Actors.Issuer, "the issuer approved", approved.TransactionId, approved.AuthCode)),
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
        else if (!await store.FinishAsync(payment, attempt, entry))
        {
            return new Refusal.Conflict("The charge has been ended by another request. Read the payment intent.");
        }

        return new Charge(ids.IdOf(payment.Tenant.Environment, payment.RecordId), status);
    }
}
