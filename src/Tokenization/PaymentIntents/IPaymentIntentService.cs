using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Cards;
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
    Task<Result<PaymentIntent>> CreateAsync(Caller caller, PaymentIntentRequest request);

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
}
