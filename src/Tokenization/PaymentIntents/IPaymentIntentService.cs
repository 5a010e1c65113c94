using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.PaymentIntents;

/// <summary>Charging tokens (dojo-domain.md §4.3): prepare a payment intent, then charge it.</summary>
public interface IPaymentIntentService
{
    /// <summary>
    /// Prepares a charge of a token. <see cref="Refusal.Invalid"/> when it names no setup intent of the tenant,
    /// <see cref="Refusal.WrongState"/> when that cannot be charged.
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
}
