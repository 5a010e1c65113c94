using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Authorization;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Vault;

namespace Dojo.Pci.Tokenization.SetupIntents;

/// <summary>What a new setup intent starts as.</summary>
/// <param name="Status">Its first status.</param>
/// <param name="Card">What is kept of its card, where it has one.</param>
/// <param name="CardEvent">What happened to the card, where anything did.</param>
internal sealed record IntakeDecision(SetupIntentStatus Status, StoredCard? Card, SetupIntentEvent? CardEvent);

/// <summary>Takes a card in: decides its fate as DESIGN D3 says, and seals it where it may be charged later.</summary>
internal sealed class CardIntake(
    ICardAuthorizer authorizer, CardCipher cipher, CardFingerprinter fingerprinter, IdentifierCipher identifiers, LocationDirectory locations)
{
    public async ValueTask<IntakeDecision> DecideAsync(Tenant tenant, CardDetails? card, long recordId, DateTimeOffset now)
    {
        if (card is null)
        {
            return new(SetupIntentStatus.Created, null, null);
        }

        if (card.Expiry.IsExpiredAt(now))
        {
            return new(SetupIntentStatus.CardExpired, MaskOnly(tenant, card), new(SetupIntentEventType.CardExpired, now, Actors.Vault, "the card was expired when it was sent"));
        }

        // The same id each time this record is worked on: should a crash make it be done twice, the acquirer acts once.
        var transactionId = identifiers.ToGuid(tenant.Environment, IdentifierKind.Authorization, recordId).ToString();
        var outcome = await authorizer.AuthorizeAsync(tenant, card, transactionId, CancellationToken.None);
        var answeredAt = await locations.NowAsync(tenant, CancellationToken.None);
        return outcome switch
        {
            AuthorizationOutcome.Approved approved => new(
                SetupIntentStatus.Authorized,
                await SealAsync(tenant, card, recordId),
                new(SetupIntentEventType.Authorized, answeredAt, Actors.Issuer, "the issuer approved", approved.TransactionId, approved.AuthCode)),
            AuthorizationOutcome.Declined declined => new(
                SetupIntentStatus.Created,
                MaskOnly(tenant, card),
                new(SetupIntentEventType.Declined, answeredAt, Actors.Issuer, "the issuer declined", declined.TransactionId)),
            AuthorizationOutcome.Unknown unknown => new(
                SetupIntentStatus.Created,
                await SealAsync(tenant, card, recordId),
                new(SetupIntentEventType.AuthorizationUnknown, answeredAt, Actors.Issuer, "the issuer's answer is not known", unknown.TransactionId)),
            _ => new(SetupIntentStatus.Created, await SealAsync(tenant, card, recordId), null),
        };
    }

    private async ValueTask<StoredCard> SealAsync(Tenant tenant, CardDetails card, long recordId) =>
        Keep(tenant, card, await cipher.SealAsync(card, tenant, recordId, CancellationToken.None));

    /// <summary>For a card that can never be charged: its number is not kept (PCI DSS 3.2.1).</summary>
    private StoredCard MaskOnly(Tenant tenant, CardDetails card) => Keep(tenant, card, sealedRecord: null);

    private StoredCard Keep(Tenant tenant, CardDetails card, byte[]? sealedRecord) =>
        new(card.Number.Masked, card.Number.Scheme, card.Expiry, fingerprinter.Of(card.Number, tenant), sealedRecord);
}
