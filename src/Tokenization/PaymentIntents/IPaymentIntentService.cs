using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Idempotency;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.PaymentIntents;

/// <summary>Payments (dojo-domain.md §4.3): prepare a payment intent, then charge its token, or have a shopper pay it.</summary>
public interface IPaymentIntentService
{
    /// <summary>
    /// Prepares a charge of a token, or a payment by a shopper where none is named; the latter comes with its client session secret.
    /// <see cref="Refusal.Invalid"/> when it names no setup intent of the tenant, <see cref="Refusal.WrongState"/> when that cannot be charged.
    /// </summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="request">A validated request.</param>
    /// <param name="idempotencyKey">Makes repeating safe: the same key with the same request gives the first answer again.</param>
    Task<Result<PaymentIntent>> CreateAsync(Caller caller, PaymentIntentRequest request, IdempotencyKey? idempotencyKey = null);

    /// <summary>A tenant's payment intent; a canceled one only where that is asked for. Or <see cref="Refusal.NotFound"/>.</summary>
    Task<Result<PaymentIntent>> GetAsync(Tenant tenant, string id, bool returnCanceled, CancellationToken ct);

    /// <summary>Cancels a created payment intent. <see cref="Refusal.WrongState"/> from any other status and while it is being charged.</summary>
    Task<Result<PaymentIntent>> DeleteAsync(Caller caller, string id);

    /// <summary>
    /// Takes the money, once: a call after one whose answer got lost asks what became of that. Success completes the setup
    /// intent. <see cref="Refusal.WrongState"/> when it cannot be charged, <see cref="Refusal.Conflict"/> while it is being charged.
    /// </summary>
    Task<Result<Charge>> ChargeAsync(Caller caller, string id);

    /// <summary>
    /// Pays a payment intent without a setup intent as a shopper would, with a card that stays the caller's.
    /// <see cref="Refusal.WrongState"/> when it cannot be paid so, <see cref="Refusal.Conflict"/> while it is being paid,
    /// <see cref="Refusal.Invalid"/> when the card has expired.
    /// </summary>
    Task<Result<Charge>> PayAsync(Caller caller, string id, CardDetails card);

    /// <summary>
    /// Takes promised money, all or some. A call after one whose answer got lost asks what became of that. <see cref="Refusal.Conflict"/> in
    /// other states and while something is under way, <see cref="Refusal.Invalid"/> for more than is left.
    /// </summary>
    Task<Result<Settlement>> CaptureAsync(Caller caller, string id, CaptureRequest request, IdempotencyKey? idempotencyKey);

    /// <summary>Lets promised money go, of which none was taken. <see cref="Refusal.Conflict"/> in other states and while something is under way.</summary>
    Task<Result<Settlement>> ReverseAsync(Caller caller, string id, IdempotencyKey? idempotencyKey);

    /// <summary>
    /// Gives back what was taken, all or some; under a key once. <see cref="Refusal.WrongState"/> in other states,
    /// <see cref="Refusal.Invalid"/> for more than is left, <see cref="Refusal.Conflict"/> for another request under the same key.
    /// </summary>
    Task<Result<Settlement>> RefundAsync(Caller caller, string id, RefundRequest request, IdempotencyKey idempotencyKey);

    /// <summary>A tenant's refund that was done, or <see cref="Refusal.NotFound"/>.</summary>
    Task<Result<Settlement>> GetRefundAsync(Tenant tenant, string refundId, CancellationToken ct);
}
