using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Portal.Api;

/// <summary>The body of <c>POST /payment-intents</c>, each member put before the <see cref="PaymentIntentValidator"/>.</summary>
internal static class PaymentIntentBody
{
    private static readonly BodyMember<PaymentIntentValidator>[] s_members =
    [
        new("amount", (ref reader, judge) => judge.Amount(ref reader)),
        BodyMembers.Text<PaymentIntentValidator>("reference", (judge, text) => judge.Reference(text)),
        BodyMembers.Text<PaymentIntentValidator>("setupIntentId", (judge, text) => judge.SetupIntentId(text)),
        BodyMembers.Metadata<PaymentIntentValidator>(),
        BodyMembers.Instant<PaymentIntentValidator>("expireAt", (judge, instant) => judge.ExpireAt(instant)),
        .. PaymentIntentValidator.KeptNames.Select(name => new BodyMember<PaymentIntentValidator>(name, (ref reader, judge) => judge.Keep(name, ref reader))),
        .. PaymentIntentValidator.IgnoredNames.Select(name => new BodyMember<PaymentIntentValidator>(name, (ref reader, judge) => judge.Ignore(name, ref reader))),
    ];

    /// <summary>The request in the body, or every rule that it breaks.</summary>
    public static Result<PaymentIntentRequest> Judge(ReadOnlySpan<byte> json)
    {
        using var judge = new PaymentIntentValidator();
        return StrictJson.TryRead(json, s_members, judge, out var refusal) ? judge.Judge() : refusal!;
    }
}
