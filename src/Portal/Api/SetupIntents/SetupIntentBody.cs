using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Portal.Api.SetupIntents;

/// <summary>
/// Reads the body of <c>POST /setup-intents</c>: the properties of the seed, and those of Dojo's ordinary create. Passes each to the
/// <see cref="SetupIntentValidator"/>.
/// </summary>
internal static class SetupIntentBody
{
    private static readonly BodyProperty<SetupIntentValidator>[] s_members =
    [
        BodyProperties.Text<SetupIntentValidator>("cardNumber", (validator, text) => validator.CardNumber(text)),
        BodyProperties.Text<SetupIntentValidator>("expiryDate", (validator, text) => validator.ExpiryDate(text)),
        BodyProperties.Text<SetupIntentValidator>("reference", (validator, text) => validator.Reference(text)),
        BodyProperties.Text<SetupIntentValidator>("description", (validator, text) => validator.Description(text)),
        BodyProperties.Metadata<SetupIntentValidator>(),
        BodyProperties.Text<SetupIntentValidator>("terms", (validator, text) => validator.Terms(text)),
        BodyProperties.Text<SetupIntentValidator>("merchantInitiatedTransactionType", (validator, text) => validator.TransactionType(text)),
        BodyProperties.Instant<SetupIntentValidator>("expireAt", (validator, instant) => validator.ExpireAt(instant)),
        new("intendedAmount", (ref reader, validator) => validator.IntendedAmount(ref reader)),
        .. SetupIntentValidator.KeptNames.Select(name => new BodyProperty<SetupIntentValidator>(name, (ref reader, validator) => validator.Keep(name, ref reader))),
        .. SetupIntentValidator.IgnoredNames.Select(name => new BodyProperty<SetupIntentValidator>(name, (ref reader, validator) => validator.Ignore(name, ref reader))),
    ];

    /// <summary>Returns which card numbers an environment accepts.</summary>
    public static TestCardRule RuleOf(TenantEnvironment environment) =>
        environment == TenantEnvironment.Production ? TestCardRule.Refused : TestCardRule.Required;

    /// <summary>Returns the request in the body, or every rule that the body breaks.</summary>
    public static Result<SetupIntentRequest> Validate(ReadOnlySpan<byte> json, TestCardRule testCards)
    {
        using var validator = new SetupIntentValidator(testCards);
        return StrictJson.TryRead(json, s_members, validator, out var refusal) ? validator.Validate() : refusal!;
    }
}
