using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Crypto;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tokenization.Customers;

/// <summary>
/// Encodes and decodes the ids of customers and of their saved cards. A card's id encodes the token's internal id as a different kind, so that it does
/// not reveal the token.
/// </summary>
internal sealed class CustomerIds(IdentifierCipher cipher, RecordIdSequence sequence)
{
    private readonly PublicIds _ids = new(cipher, IdentifierKind.Customer, "cust");
    private readonly PublicIds _cards = new(cipher, IdentifierKind.SavedCard, "pm");

    /// <summary>Returns the internal id for a new customer.</summary>
    public long Next() => sequence.Next();

    public string IdOf(TenantEnvironment environment, long recordId) => _ids.Encode(environment, recordId);

    public string CardIdOf(TenantEnvironment environment, long tokenRecordId) => _cards.Encode(environment, tokenRecordId);

    /// <summary>Returns the internal id behind a customer id of this environment; a negative number, which no record has, if it is not one.</summary>
    public long RecordIdOf(TenantEnvironment environment, string id) => _ids.Decode(environment, id);

    /// <summary>Returns the token's internal id behind a saved card's id; a negative number, which no record has, if it is not one.</summary>
    public long TokenRecordIdOf(TenantEnvironment environment, string cardId) => _cards.Decode(environment, cardId);

    /// <summary>Returns the environment that a customer id names.</summary>
    public TenantEnvironment EnvironmentOf(string id) => _ids.EnvironmentOf(id);
}
