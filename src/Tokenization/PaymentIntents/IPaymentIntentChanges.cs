using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.PaymentIntents;

/// <summary>Changes payment intents before they are charged, searches them, and shows them to a shopper's device.</summary>
public interface IPaymentIntentChanges
{
    /// <summary>
    /// Renews the client session secret. <see cref="Refusal.NotFound"/>, or <see cref="Refusal.WrongState"/> when the payment intent is not <c>Created</c>.
    /// </summary>
    Task<Result<PaymentIntent>> RenewClientSecretAsync(Tenant tenant, string id);

    /// <summary>Renews the client session secret for anyone who knows the id.</summary>
    Task<Result<PaymentIntent>> RenewClientSecretPublicAsync(string id);

    /// <summary>
    /// Returns a payment intent to anyone who knows the id, with its client session secret while it can be paid with that. <see cref="Refusal.NotFound"/> also
    /// when the payment intent is canceled.
    /// </summary>
    Task<Result<PaymentIntent>> GetPublicAsync(string id, CancellationToken ct);

    /// <summary>
    /// Changes the amount, if the payment intent was created with <c>config.payment.customAmountAllowed</c>. <see cref="Refusal.NotChangeable"/> when it was
    /// not, and when the payment intent is not <c>Created</c> or is being charged; <see cref="Refusal.Invalid"/> for another currency or too large a total.
    /// </summary>
    Task<Result<PaymentIntent>> SetAmountAsync(Caller caller, string id, AmountRequest request);

    /// <summary>Changes the tip, if the payment intent was created with <c>config.payment.tipsAllowed</c>. Refuses requests as <see cref="SetAmountAsync"/> does.</summary>
    Task<Result<PaymentIntent>> SetTipsAmountAsync(Caller caller, string id, TipsAmountRequest request);

    /// <summary>Returns a page of a tenant's payment intents. <see cref="Refusal.Invalid"/> when a cursor is no id of a payment intent.</summary>
    Task<Result<PaymentIntentList>> SearchAsync(Tenant tenant, PaymentIntentSearchRequest request, CancellationToken ct);
}

/// <summary>A page of payment intents, newest first.</summary>
/// <param name="Items">The payment intents.</param>
/// <param name="Before">The cursor of the page with newer ones; null when there is none.</param>
/// <param name="After">The cursor of the page with older ones; null when there is none.</param>
public sealed record PaymentIntentList(IReadOnlyList<PaymentIntent> Items, string? Before, string? After);
