using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Authorization;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.PaymentIntents;

/// <summary>
/// Captures, reverses and refunds, each once. As with <see cref="Charges"/>, a settlement is on disk before the acquirer is asked, and so is its outcome
/// afterwards. An open settlement holds its amount back. It is resolved by asking the acquirer what became of it, never by repeating it.
/// </summary>
internal sealed class Settlements(ISettlementStore store, IPaymentAcquirer acquirer, PaymentIntentIds ids, LocationDirectory locations)
{
    private const int BatchSize = 50;

    // The first try may find an open settlement, which then ends; the second may find another.
    private const int MostBeginnings = 3;

    private static readonly TimeSpan s_pauseBetweenTries = TimeSpan.FromHours(1);

    /// <summary>Makes a requested settlement, or resolves the open settlement of an equal request.</summary>
    /// <param name="payment">The payment intent to settle.</param>
    /// <param name="wish">The requested settlement.</param>
    /// <param name="actor">The actor who requests it.</param>
    /// <param name="keyHash">The hash of the idempotency key; null without a key.</param>
    public async Task<Result<Settlement>> MakeAsync(StoredPaymentIntent payment, SettlementWish wish, string actor, byte[]? keyHash)
    {
        for (var beginning = 1; beginning <= MostBeginnings; beginning++)
        {
            var now = await locations.NowAsync(payment.Tenant, CancellationToken.None);
            var settlement = new StoredSettlement(
                ids.Next(), payment.RecordId, wish.Kind, SettlementStatus.Created, wish.Amount, wish.TipsAmount, TransactionIds.New(), actor, keyHash,
                wish.Reason, wish.Notes, now, locations.RealNow + Charges.LeaseTime);
            switch (await store.BeginAsync(payment, wish, settlement))
            {
                case SettlementBegin.Begun begun:
                    return await CarryOutAsync(payment, begun.Settlement);
                case SettlementBegin.Known { Settlement.Status: not SettlementStatus.Created } known:
                    return Show(payment, known.Settlement);
                case SettlementBegin.Known known:
                    var resolved = await ResolveAsync(payment, known.Settlement);
                    if (!resolved.IsSuccess || resolved.Value.Status != SettlementStatus.Failed)
                    {
                        return resolved;
                    }

                    break; // it failed, and its key is free again
                case SettlementBegin.Busy busy:
                    var ended = await ResolveAsync(payment, busy.Settlement);
                    if (!ended.IsSuccess || ended.Value.Status == SettlementStatus.Created)
                    {
                        return ended.IsSuccess && !wish.IsOf(busy.Settlement) ? Busy() : ended;
                    }

                    if (keyHash is null && busy.Settlement.KeyHash is null && wish.IsOf(busy.Settlement) && ended.Value.Status != SettlementStatus.Failed)
                    {
                        return ended; // the same call, whose answer was lost
                    }

                    break;
                case SettlementBegin.OtherRequest:
                    return new Refusal.Conflict("The idempotency key was used before, for another request.");
                case SettlementBegin.TooMuch tooMuch:
                    return new Refusal.Invalid([new FieldError(Fields.Amount, $"The Amount field must be at most {tooMuch.Available}: that is what is left.")]);
                case SettlementBegin.WrongState wrong:
                    return Refuse(wish.Kind, wrong.Payment, now);
            }
        }

        return Busy();
    }

    /// <summary>Lists the open settlements of a tenant whose lease has expired.</summary>
    public async Task<IReadOnlyList<(StoredSettlement Settlement, StoredPaymentIntent Payment)>> ListAbandonedAsync(Tenant tenant, CancellationToken ct) =>
        await store.ListAbandonedAsync(tenant, locations.RealNow, BatchSize, ct);

    /// <summary>Asks the acquirer for the outcome of a settlement, and ends the settlement.</summary>
    public async Task<Result<Settlement>> ResolveAsync(StoredPaymentIntent payment, StoredSettlement settlement)
    {
        if (!await store.TakeOverAsync(payment, settlement, locations.RealNow, locations.RealNow + Charges.LeaseTime))
        {
            return Busy();
        }

        return await EndAsync(payment, settlement, await acquirer.AskAsync(payment.Tenant, OrderOf(payment, settlement), CancellationToken.None));
    }

    /// <summary>Lists the authorized payment intents of a tenant whose time to be captured is over.</summary>
    public async Task<IReadOnlyList<StoredPaymentIntent>> ListDueAsync(Tenant tenant, CancellationToken ct)
    {
        var now = await locations.NowAsync(tenant, ct);
        return await store.ListDueAsync(tenant, now, now - s_pauseBetweenTries, BatchSize, ct);
    }

    /// <summary>Reverses or captures a payment intent whose time to be captured is over, as its creator specified.</summary>
    public Task<Result<Settlement>> SettleDueAsync(StoredPaymentIntent payment) => MakeAsync(
        payment,
        payment.AutoExpireAction == AutoExpireAction.Capture
            ? new SettlementWish(SettlementKind.Capture, payment.AuthorizedAmount) { IsByTime = true }
            : new SettlementWish(SettlementKind.Reversal) { IsByTime = true },
        Actors.Vault,
        keyHash: null);

    /// <summary>Converts a settlement to the form that the tenant sees.</summary>
    public Settlement Show(StoredPaymentIntent payment, StoredSettlement stored) => new(
        ids.IdOf(payment.Tenant.Environment, stored.Kind, stored.RecordId),
        ids.IdOf(payment.Tenant.Environment, payment.RecordId),
        stored.Kind,
        stored.Status,
        stored.Amount,
        stored.TipsAmount,
        stored.Reason,
        stored.Notes,
        stored.CreatedAt);

    private static Refusal.Conflict Busy() => new("The payment intent is being captured, reversed or refunded by another request. Read it again.");

    // Dojo declares 409 for captures and reversals, but only 400 for refunds.
    private static Refusal Refuse(SettlementKind kind, StoredPaymentIntent payment, DateTimeOffset now) => kind switch
    {
        SettlementKind.Capture when payment.Status == PaymentIntentStatus.Authorized && payment.SettleAt <= now =>
            new Refusal.Conflict("The time to capture the payment intent is over."),
        SettlementKind.Capture => new Refusal.Conflict(
            $"The payment intent is {payment.Status}; only an Authorized one can be captured, or a Captured one with an amount left and nothing refunded."),
        SettlementKind.Reversal => new Refusal.Conflict($"The payment intent is {payment.Status}; only an Authorized one can be reversed."),
        _ => new Refusal.WrongState($"The payment intent is {payment.Status}; only a Captured one can be refunded."),
    };

    private static SettlementOrder OrderOf(StoredPaymentIntent payment, StoredSettlement settlement) => new(
        settlement.Kind, settlement.TransactionId, payment.TransactionId!, settlement.Amount, payment.Amount.CurrencyCode);

    private async Task<Result<Settlement>> CarryOutAsync(StoredPaymentIntent payment, StoredSettlement settlement) => await EndAsync(
        payment, settlement, await acquirer.SettleAsync(payment.Tenant, OrderOf(payment, settlement), CancellationToken.None));

    private async Task<Result<Settlement>> EndAsync(StoredPaymentIntent payment, StoredSettlement settlement, SettlementOutcome outcome)
    {
        var now = await locations.NowAsync(payment.Tenant, CancellationToken.None);
        if (outcome == SettlementOutcome.Unknown)
        {
            await store.LeaveUnknownAsync(payment, settlement, askAgainAt: locations.RealNow, EntryOf(
                PaymentIntentEventType.Unknown, $"what became of the {NameOf(settlement.Kind)} is not known", Actors.Issuer));
            return Show(payment, settlement);
        }

        var (status, entry) = outcome switch
        {
            SettlementOutcome.Done => (SettlementStatus.Successful, EntryOf(EventOf(settlement.Kind), $"the {NameOf(settlement.Kind)} was done", settlement.Actor) with
            {
                Amount = settlement.Amount,
            }),
            SettlementOutcome.Declined => (SettlementStatus.Declined, EntryOf(PaymentIntentEventType.Declined, $"the {NameOf(settlement.Kind)} was declined", Actors.Issuer)),
            _ => (SettlementStatus.Failed, EntryOf(PaymentIntentEventType.Error, $"no acquirer was asked for the {NameOf(settlement.Kind)}", Actors.Vault)),
        };
        return await store.FinishAsync(payment, settlement, status, entry) ? Show(payment, settlement with { Status = status }) : Busy();

        PaymentIntentEvent EntryOf(PaymentIntentEventType type, string cause, string actor) => new(type, now, actor, cause, settlement.TransactionId);
    }

    private static PaymentIntentEventType EventOf(SettlementKind kind) => kind switch
    {
        SettlementKind.Capture => PaymentIntentEventType.Captured,
        SettlementKind.Reversal => PaymentIntentEventType.Reversed,
        _ => PaymentIntentEventType.Refunded,
    };

    private static string NameOf(SettlementKind kind) => kind switch
    {
        SettlementKind.Capture => "capture",
        SettlementKind.Reversal => "reversal",
        _ => "refund",
    };
}
