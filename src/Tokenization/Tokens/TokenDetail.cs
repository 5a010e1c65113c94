using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.Tokens;

/// <summary>A token with its history.</summary>
/// <param name="Intent">The token as the API gives it, its events included.</param>
/// <param name="Timeline">What happened to it, oldest first.</param>
/// <param name="Outcome">What came of its card.</param>
/// <param name="CreatedBy">The name of the API key or of the member that created it.</param>
/// <param name="IsBeingCharged">Whether a payment with it is under way: then it cannot be ended.</param>
public sealed record TokenDetail(
    SetupIntent Intent, IReadOnlyList<TimelineEntry> Timeline, TokenOutcome Outcome, string CreatedBy, bool IsBeingCharged);

/// <summary>Something that happened to a token.</summary>
/// <param name="Event">What, when and why.</param>
/// <param name="By">Who: the name of a key or a member, else as it was recorded.</param>
public sealed record TimelineEntry(SetupIntentEvent Event, string By);

/// <summary>What else has to do with a token.</summary>
/// <param name="Payments">Its payments, oldest first.</param>
/// <param name="SameCard">Other tokens of the same card in the account, newest first; none once card data is destroyed.</param>
/// <param name="HasMoreOfSameCard">Whether there are more of these.</param>
public sealed record TokenRelations(IReadOnlyList<TokenPayment> Payments, IReadOnlyList<SameCardToken> SameCard, bool HasMoreOfSameCard);

/// <summary>A payment that was made, or tried, with a token.</summary>
/// <param name="Id">The payment intent.</param>
/// <param name="Status">Where it is in its life.</param>
/// <param name="Amount">How much.</param>
/// <param name="Reference">The merchant's own name for it.</param>
/// <param name="CreatedAt">When it was created.</param>
public sealed record TokenPayment(string Id, PaymentIntentStatus Status, Money Amount, string Reference, DateTimeOffset CreatedAt);

/// <summary>Another token of the same card.</summary>
/// <param name="Id">The token.</param>
/// <param name="Location">The location that it belongs to, of the same account.</param>
/// <param name="Status">Where it is in its life.</param>
/// <param name="Reference">The merchant's own name for the payment.</param>
/// <param name="CreatedAt">When it was created.</param>
public sealed record SameCardToken(string Id, LocationId Location, SetupIntentStatus Status, string Reference, DateTimeOffset CreatedAt);
