using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Crypto;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tokenization.PaymentIntents;

/// <summary>Ids and client session secrets of payment intents.</summary>
internal sealed class PaymentIntentIds(IdentifierCipher cipher, RecordIdSequence sequence, ClientSecrets secrets)
{
    private readonly PublicIds _ids = new(cipher, IdentifierKind.PaymentIntent, "pi");

    /// <summary>The internal id for a new payment intent.</summary>
    public long Next() => sequence.Next();

    /// <summary>The internal id behind an id of this environment; a negative one, which nothing has, when it can be no such id.</summary>
    public long RecordIdOf(TenantEnvironment environment, string id) => _ids.Decode(environment, id);

    /// <summary>The client session secret of a payment intent; null when none was issued.</summary>
    public ClientSecret? ClientSecretOf(StoredPaymentIntent intent) =>
        intent.ClientSecret is { } secret ? secrets.Of(intent.Tenant.Environment, intent.RecordId, secret) : null;

    /// <summary>The id that its tenant sees.</summary>
    public string IdOf(TenantEnvironment environment, long recordId) => _ids.Encode(environment, recordId);
}
