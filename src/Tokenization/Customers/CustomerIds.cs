using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Crypto;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tokenization.Customers;

/// <summary>Ids of customers, and of their cards: those are the tokens' internal ids under another name, so that who may see a card learns no token.</summary>
internal sealed class CustomerIds(IdentifierCipher cipher, RecordIdSequence sequence)
{
    private readonly PublicIds _ids = new(cipher, IdentifierKind.Customer, "cust");
    private readonly PublicIds _cards = new(cipher, IdentifierKind.SavedCard, "pm");

    /// <summary>The internal id for a new customer.</summary>
    public long Next() => sequence.Next();

    public string IdOf(TenantEnvironment environment, long recordId) => _ids.Encode(environment, recordId);

    public string CardIdOf(TenantEnvironment environment, long tokenRecordId) => _cards.Encode(environment, tokenRecordId);

    /// <summary>The internal id behind an id of this environment; a negative one, which nothing has, when it can be no such id.</summary>
    public long RecordIdOf(TenantEnvironment environment, string id) => _ids.Decode(environment, id);

    /// <summary>The internal id of the token behind a card's; a negative one, which nothing has, when it can be no such id.</summary>
    public long TokenRecordIdOf(TenantEnvironment environment, string cardId) => _cards.Decode(environment, cardId);

    /// <summary>The environment that an id says it is of.</summary>
    public TenantEnvironment EnvironmentOf(string id) => _ids.EnvironmentOf(id);
}
