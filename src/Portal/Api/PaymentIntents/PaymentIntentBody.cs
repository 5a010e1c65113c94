using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Portal.Api.PaymentIntents;

/// <summary>Reads the body of <c>POST /payment-intents</c> and passes each property to the <see cref="PaymentIntentValidator"/>.</summary>
internal static class PaymentIntentBody
{
    private static readonly BodyProperty<PaymentIntentValidator>[] s_members =
    [
        new("amount", (ref reader, validator) => validator.Amount(ref reader)),
        new("tipsAmount", (ref reader, validator) => validator.TipsAmount(ref reader)),
        new("serviceChargeAmount", (ref reader, validator) => validator.ServiceChargeAmount(ref reader)),
        BodyProperties.Text<PaymentIntentValidator>("captureMode", (validator, text) => validator.CaptureMode(text)),
        BodyProperties.Text<PaymentIntentValidator>("autoExpireIn", (validator, text) => validator.AutoExpireIn(text)),
        BodyProperties.Text<PaymentIntentValidator>("autoExpireAction", (validator, text) => validator.AutoExpireAction(text)),
        BodyProperties.Text<PaymentIntentValidator>("reference", (validator, text) => validator.Reference(text)),
        BodyProperties.Text<PaymentIntentValidator>("setupIntentId", (validator, text) => validator.SetupIntentId(text)),
        BodyProperties.Metadata<PaymentIntentValidator>(),
        BodyProperties.Instant<PaymentIntentValidator>("expireAt", (validator, instant) => validator.ExpireAt(instant)),
        .. PaymentIntentValidator.KeptNames.Select(name => new BodyProperty<PaymentIntentValidator>(name, (ref reader, validator) => validator.Keep(name, ref reader))),
        .. PaymentIntentValidator.IgnoredNames.Select(name => new BodyProperty<PaymentIntentValidator>(name, (ref reader, validator) => validator.Ignore(name, ref reader))),
    ];

    /// <summary>Returns the request in the body, or every rule that the body breaks.</summary>
    public static Result<PaymentIntentRequest> Validate(ReadOnlySpan<byte> json)
    {
        using var validator = new PaymentIntentValidator();
        return StrictJson.TryRead(json, s_members, validator, out var refusal) ? validator.Validate() : refusal!;
    }
}
