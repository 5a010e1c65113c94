using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.Tokens;

/// <summary>A token with its history.</summary>
/// <param name="Intent">The token as the API returns it, including its events.</param>
/// <param name="Timeline">What happened to it, oldest first.</param>
/// <param name="Outcome">The outcome for its card.</param>
/// <param name="CreatedBy">The name of the API key or member that created it.</param>
/// <param name="IsBeingCharged">Whether a payment with it is in progress; then it cannot be ended.</param>
public sealed record TokenDetail(
    SetupIntent Intent, IReadOnlyList<TimelineEntry> Timeline, TokenOutcome Outcome, string CreatedBy, bool IsBeingCharged);

/// <summary>An event in the history of a token.</summary>
/// <param name="Event">What happened, when and why.</param>
/// <param name="By">The name of the key or member that acted; for any other actor, the recorded text.</param>
public sealed record TimelineEntry(SetupIntentEvent Event, string By);

/// <summary>What is related to a token.</summary>
/// <param name="Payments">Its payments, oldest first.</param>
/// <param name="SameCard">Other tokens of the same card in the account, newest first; none once the card data is destroyed.</param>
/// <param name="HasMoreOfSameCard">Whether there are more tokens of the same card.</param>
public sealed record TokenRelations(IReadOnlyList<TokenPayment> Payments, IReadOnlyList<SameCardToken> SameCard, bool HasMoreOfSameCard);

/// <summary>A payment that was made or attempted with a token.</summary>
/// <param name="Id">The id of the payment intent.</param>
/// <param name="Status">The status.</param>
/// <param name="Amount">The amount, including tip and service charge.</param>
/// <param name="Reference">The merchant's own name for the payment.</param>
/// <param name="CreatedAt">When it was created.</param>
public sealed record TokenPayment(string Id, PaymentIntentStatus Status, Money Amount, string Reference, DateTimeOffset CreatedAt);

/// <summary>Another token of the same card.</summary>
/// <param name="Id">The id of the token.</param>
/// <param name="Location">The location that it belongs to, in the same account.</param>
/// <param name="Status">The status.</param>
/// <param name="Reference">The merchant's own name for the payment.</param>
/// <param name="CreatedAt">When it was created.</param>
public sealed record SameCardToken(string Id, LocationId Location, SetupIntentStatus Status, string Reference, DateTimeOffset CreatedAt);
