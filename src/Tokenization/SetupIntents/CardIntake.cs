using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Authorization;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Crypto;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Velocity;

namespace Dojo.Pci.Tokenization.SetupIntents;

/// <summary>The initial state of a new setup intent.</summary>
/// <param name="Status">The first status.</param>
/// <param name="Card">What is kept of the card; null without a card.</param>
/// <param name="CardEvent">What happened to the card; null when nothing did.</param>
internal sealed record IntakeDecision(SetupIntentStatus Status, StoredCard? Card, SetupIntentEvent? CardEvent);

/// <summary>Takes in a card: decides the status of its setup intent as DESIGN D3 says, and seals the card if it may be charged later.</summary>
internal sealed class CardIntake(
    ICardAuthorizer authorizer, CardCipher cipher, CardFingerprinter fingerprinter, CardVelocity velocity, IdentifierCipher identifiers, LocationDirectory locations)
{
    /// <returns>The decision, or why the card is refused. When it is refused, its issuer was not asked and nothing is to be stored.</returns>
    public async ValueTask<Result<IntakeDecision>> DecideAsync(Caller caller, CardDetails? card, long recordId, DateTimeOffset now)
    {
        if (card is null)
        {
            return new IntakeDecision(SetupIntentStatus.Created, null, null);
        }

        var tenant = caller.Tenant;
        var fingerprint = fingerprinter.Of(card.Number, tenant);
        var verdict = await velocity.ValidateAsync(caller, card.Number.Bin, fingerprint);
        return verdict.Refusal is { } refusal ? refusal : await DecideAsync(caller, card, fingerprint, verdict.IsNew, recordId, now);
    }

    private async ValueTask<IntakeDecision> DecideAsync(Caller caller, CardDetails card, byte[] fingerprint, bool isNew, long recordId, DateTimeOffset now)
    {
        var tenant = caller.Tenant;

        if (card.Expiry.IsExpiredAt(now))
        {
            return new(SetupIntentStatus.CardExpired, MaskOnly(card, fingerprint), new(SetupIntentEventType.CardExpired, now, Actors.Vault, "the card was expired when it was sent"));
        }

        // The id depends on the record alone: if a crash makes us authorize it twice, the acquirer acts once.
        var transactionId = identifiers.ToGuid(tenant.Environment, IdentifierKind.Authorization, recordId).ToString();
        var outcome = await authorizer.AuthorizeAsync(tenant, card, transactionId, CancellationToken.None);
        if (isNew && outcome is AuthorizationOutcome.Declined)
        {
            velocity.NoteDeclined(caller);
        }

        var answeredAt = await locations.NowAsync(tenant, CancellationToken.None);
        return outcome switch
        {
            AuthorizationOutcome.Approved approved => new(
                SetupIntentStatus.Authorized,
                await SealAsync(tenant, card, fingerprint, recordId),
                new(SetupIntentEventType.Authorized, answeredAt, Actors.Issuer, "the issuer approved", approved.TransactionId, approved.AuthCode)),
            AuthorizationOutcome.Declined declined => new(
                SetupIntentStatus.Created,
                MaskOnly(card, fingerprint),
                new(SetupIntentEventType.Declined, answeredAt, Actors.Issuer, "the issuer declined", declined.TransactionId)),
            AuthorizationOutcome.Unknown unknown => new(
                SetupIntentStatus.Created,
                await SealAsync(tenant, card, fingerprint, recordId),
                new(SetupIntentEventType.AuthorizationUnknown, answeredAt, Actors.Issuer, "the issuer's answer is not known", unknown.TransactionId)),
            _ => new(SetupIntentStatus.Created, await SealAsync(tenant, card, fingerprint, recordId), null),
        };
    }

    private async ValueTask<StoredCard> SealAsync(Tenant tenant, CardDetails card, byte[] fingerprint, long recordId) =>
        Keep(card, fingerprint, await cipher.SealAsync(card, tenant, recordId, CancellationToken.None));

    /// <summary>Keeps only the mask of a card that can never be charged, not its number (PCI DSS 3.2.1).</summary>
    private static StoredCard MaskOnly(CardDetails card, byte[] fingerprint) => Keep(card, fingerprint, sealedRecord: null);

    private static StoredCard Keep(CardDetails card, byte[] fingerprint, byte[]? sealedRecord) =>
        new(card.Number.Masked, card.Number.Scheme, card.Expiry, fingerprint, sealedRecord);
}
