using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Vault;

namespace Dojo.Pci.Tokenization.SetupIntents;

/// <summary>
/// The one place where a sealed card is opened, for those who then hand it to <see cref="Authorization.ICardAuthorizer"/>: the
/// only way out for a card number (DESIGN D9).
/// </summary>
internal sealed class CardOpening(CardCipher cipher)
{
    /// <summary>The card of a setup intent. The caller disposes it.</summary>
    public ValueTask<CardDetails> OpenAsync(StoredSetupIntent intent) => intent.Card?.SealedRecord is { } record
        ? cipher.OpenForAuthorizationAsync(record, intent.Tenant, intent.RecordId, CancellationToken.None)
        : throw new InvalidOperationException("The card of the setup intent is not kept.");
}
