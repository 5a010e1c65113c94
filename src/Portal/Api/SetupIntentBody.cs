using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Portal.Api;

/// <summary>
/// The body of <c>POST /setup-intents</c>: the members of the seed, and those of Dojo's ordinary create, each put before the
/// <see cref="SetupIntentValidator"/>.
/// </summary>
internal static class SetupIntentBody
{
    private static readonly BodyMember<SetupIntentValidator>[] s_members =
    [
        BodyMembers.Text<SetupIntentValidator>("cardNumber", (judge, text) => judge.CardNumber(text)),
        BodyMembers.Text<SetupIntentValidator>("expiryDate", (judge, text) => judge.ExpiryDate(text)),
        BodyMembers.Text<SetupIntentValidator>("reference", (judge, text) => judge.Reference(text)),
        BodyMembers.Text<SetupIntentValidator>("description", (judge, text) => judge.Description(text)),
        BodyMembers.Metadata<SetupIntentValidator>(),
        BodyMembers.Text<SetupIntentValidator>("terms", (judge, text) => judge.Terms(text)),
        BodyMembers.Text<SetupIntentValidator>("merchantInitiatedTransactionType", (judge, text) => judge.TransactionType(text)),
        BodyMembers.Instant<SetupIntentValidator>("expireAt", (judge, instant) => judge.ExpireAt(instant)),
        new("intendedAmount", (ref reader, judge) => judge.IntendedAmount(ref reader)),
        .. SetupIntentValidator.KeptNames.Select(name => new BodyMember<SetupIntentValidator>(name, (ref reader, judge) => judge.Keep(name, ref reader))),
        .. SetupIntentValidator.IgnoredNames.Select(name => new BodyMember<SetupIntentValidator>(name, (ref reader, judge) => judge.Ignore(name, ref reader))),
    ];

    /// <summary>The request in the body, or every rule that it breaks.</summary>
    public static Result<SetupIntentRequest> Judge(ReadOnlySpan<byte> json, TestCardRule testCards)
    {
        using var judge = new SetupIntentValidator(testCards);
        return StrictJson.TryRead(json, s_members, judge, out var refusal) ? judge.Judge() : refusal!;
    }
}
