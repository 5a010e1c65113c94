using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Idempotency;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.PaymentIntents;

/// <summary>Payments (dojo-domain.md §4.3). A caller creates a payment intent, and then either charges its token or saved card, or a shopper pays it.</summary>
public interface IPaymentIntentService
{
    /// <summary>
    /// Creates a payment intent to charge a token, or one for a shopper to pay when the request names no token; the latter has a client session secret.
    /// <see cref="Refusal.Invalid"/> when the token is no setup intent of the tenant, <see cref="Refusal.WrongState"/> when that cannot be charged.
    /// </summary>
    /// <param name="caller">The caller.</param>
    /// <param name="request">A validated request.</param>
    /// <param name="idempotencyKey">Makes the request safe to repeat: the same key with the same request returns the first answer.</param>
    Task<Result<PaymentIntent>> CreateAsync(Caller caller, PaymentIntentRequest request, IdempotencyKey? idempotencyKey = null);

    /// <summary>Returns a tenant's payment intent, or <see cref="Refusal.NotFound"/>, also for a canceled one unless <paramref name="returnCanceled"/>.</summary>
    Task<Result<PaymentIntent>> GetAsync(Tenant tenant, string id, bool returnCanceled, CancellationToken ct);

    /// <summary>Cancels a created payment intent. <see cref="Refusal.WrongState"/> in any other status and while it is being charged.</summary>
    Task<Result<PaymentIntent>> DeleteAsync(Caller caller, string id);

    /// <summary>
    /// Charges the payment intent once: a call after a lost answer asks what became of the earlier charge. Success completes the setup intent.
    /// <see cref="Refusal.WrongState"/> when it cannot be charged, <see cref="Refusal.Conflict"/> while it is being charged.
    /// </summary>
    Task<Result<Charge>> ChargeAsync(Caller caller, string id);

    /// <summary>
    /// Pays a payment intent without a setup intent or saved card as a shopper would. The caller keeps ownership of the card.
    /// <see cref="Refusal.WrongState"/> when it cannot be paid this way, <see cref="Refusal.Conflict"/> while it is being paid,
    /// <see cref="Refusal.Invalid"/> when the card has expired.
    /// </summary>
    Task<Result<Charge>> PayAsync(Caller caller, string id, CardDetails card);

    /// <summary>
    /// Captures an authorized amount, all or part of it. A call after a lost answer asks what became of the earlier capture. <see cref="Refusal.Conflict"/> in
    /// other states and while another settlement is open, <see cref="Refusal.Invalid"/> for more than is left.
    /// </summary>
    Task<Result<Settlement>> CaptureAsync(Caller caller, string id, CaptureRequest request, IdempotencyKey? idempotencyKey);

    /// <summary>Reverses an authorization of which nothing was captured. <see cref="Refusal.Conflict"/> in other states and while another settlement is open.</summary>
    Task<Result<Settlement>> ReverseAsync(Caller caller, string id, IdempotencyKey? idempotencyKey);

    /// <summary>
    /// Refunds a captured amount, all or part of it, once for each key. <see cref="Refusal.WrongState"/> in other states,
    /// <see cref="Refusal.Invalid"/> for more than is left, <see cref="Refusal.Conflict"/> for another request under the same key.
    /// </summary>
    Task<Result<Settlement>> RefundAsync(Caller caller, string id, RefundRequest request, IdempotencyKey idempotencyKey);

    /// <summary>Returns a tenant's successful refund, or <see cref="Refusal.NotFound"/>.</summary>
    Task<Result<Settlement>> GetRefundAsync(Tenant tenant, string refundId, CancellationToken ct);
}
