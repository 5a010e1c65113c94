using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.PaymentIntents;

/// <summary>What can be changed of a payment intent before it is charged, and what a shopper's device sees of it.</summary>
public interface IPaymentIntentChanges
{
    /// <summary>Issues another client session secret. <see cref="Refusal.NotFound"/>, or <see cref="Refusal.WrongState"/> when it is not <c>Created</c>.</summary>
    Task<Result<PaymentIntent>> RenewClientSecretAsync(Tenant tenant, string id);

    /// <summary>The same for anyone who knows the id.</summary>
    Task<Result<PaymentIntent>> RenewClientSecretPublicAsync(string id);

    /// <summary>
    /// A payment intent for anyone who knows the id, with its client session secret where it can be paid with that. <see cref="Refusal.NotFound"/> also when it is canceled.
    /// </summary>
    Task<Result<PaymentIntent>> GetPublicAsync(string id, CancellationToken ct);

    /// <summary>
    /// Changes the amount, where <c>config.payment.customAmountAllowed</c> said so when it was created. <see cref="Refusal.WrongState"/> where it did not, and
    /// when the payment intent is not <c>Created</c> or is being charged; <see cref="Refusal.Invalid"/> for another currency.
    /// </summary>
    Task<Result<PaymentIntent>> SetAmountAsync(Caller caller, string id, AmountRequest request);

    /// <summary>Changes the tip, where <c>config.payment.tipsAllowed</c> said so when it was created. Refuses as <see cref="SetAmountAsync"/> does.</summary>
    Task<Result<PaymentIntent>> SetTipsAmountAsync(Caller caller, string id, TipsAmountRequest request);

    /// <summary>A page of a tenant's payment intents. <see cref="Refusal.Invalid"/> when a cursor names none.</summary>
    Task<Result<PaymentIntentList>> SearchAsync(Tenant tenant, PaymentIntentSearchRequest request, CancellationToken ct);
}

/// <summary>A page of payment intents, newest first.</summary>
/// <param name="Items">The payment intents.</param>
/// <param name="Before">Names the page of newer ones; null when there is none.</param>
/// <param name="After">Names the page of older ones; null when there is none.</param>
public sealed record PaymentIntentList(IReadOnlyList<PaymentIntent> Items, string? Before, string? After);
