using System.Security.Cryptography;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Crypto;

namespace Dojo.Pci.Tokenization.SetupIntents;

/// <summary>
/// Opens sealed cards. This is the only place that does, for callers that hand the card to <see cref="Authorization.ICardAuthorizer"/>: the
/// only way out for a card number (DESIGN D9).
/// </summary>
internal sealed class CardOpening(CardCipher cipher, CardFingerprinter fingerprinter)
{
    /// <summary>Opens the card of a setup intent. The caller disposes it.</summary>
    public ValueTask<CardDetails> OpenAsync(StoredSetupIntent intent) => intent.Card?.SealedRecord is { } record
        ? cipher.OpenForAuthorizationAsync(record, intent.Tenant, intent.RecordId, CancellationToken.None)
        : throw new InvalidOperationException("The card of the setup intent is not kept.");

    /// <summary>Checks whether the sealed card of a setup intent opens, and is the card that the row describes.</summary>
    /// <returns>The fault, without a digit of the card; null when there is none.</returns>
    public async ValueTask<string?> FindFaultAsync(StoredSetupIntent intent)
    {
        try
        {
            using var card = await OpenAsync(intent);
            var kept = intent.Card!;
            return card.Number.Masked == kept.Masked && card.Number.Scheme == kept.Scheme && card.Expiry == kept.Expiry
                && (kept.Fingerprint is null || fingerprinter.Of(card.Number, intent.Tenant).AsSpan().SequenceEqual(kept.Fingerprint))
                    ? null
                    : "is not the card that its row describes";
        }
        catch (CryptographicException)
        {
            return "does not open";
        }
    }
}
