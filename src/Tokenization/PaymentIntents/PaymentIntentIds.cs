using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Authorization;
using Dojo.Pci.Tokenization.Crypto;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tokenization.PaymentIntents;

/// <summary>Ids and client session secrets of payment intents.</summary>
internal sealed class PaymentIntentIds(IdentifierCipher cipher, RecordIdSequence sequence, ClientSecrets secrets)
{
    private readonly PublicIds _ids = new(cipher, IdentifierKind.PaymentIntent, "pi");

    private readonly PublicIds _captures = new(cipher, IdentifierKind.Capture, "cp");
    private readonly PublicIds _reversals = new(cipher, IdentifierKind.Reversal, "rvs");
    private readonly PublicIds _receipts = new(cipher, IdentifierKind.Receipt, "rcpt");
    private readonly PublicIds _refunds = new(cipher, IdentifierKind.Refund, "rfnd");

    /// <summary>The internal id for a new payment intent or settlement.</summary>
    public long Next() => sequence.Next();

    /// <summary>The internal id behind an id of this environment; a negative one, which nothing has, when it can be no such id.</summary>
    public long RecordIdOf(TenantEnvironment environment, string id) => _ids.Decode(environment, id);

    /// <summary>The id of a settlement that its tenant sees.</summary>
    public string IdOf(TenantEnvironment environment, SettlementKind kind, long recordId) => (kind switch
    {
        SettlementKind.Capture => _captures,
        SettlementKind.Reversal => _reversals,
        _ => _refunds,
    }).Encode(environment, recordId);

    /// <summary>The internal id behind the id of a refund; a negative one, which nothing has, when it can be no such id.</summary>
    public long RefundRecordIdOf(TenantEnvironment environment, string id) => _refunds.Decode(environment, id);

    /// <summary>The client session secret of a payment intent; null when none was issued.</summary>
    public ClientSecret? ClientSecretOf(StoredPaymentIntent intent) =>
        intent.ClientSecret is { } secret ? secrets.Of(intent.Tenant.Environment, intent.RecordId, secret) : null;

    /// <summary>The environment that an id says it is of.</summary>
    public TenantEnvironment EnvironmentOf(string id) => _ids.EnvironmentOf(id);

    /// <summary>The id of a receipt.</summary>
    public string ReceiptIdOf(TenantEnvironment environment, long recordId) => _receipts.Encode(environment, recordId);

    /// <summary>The id that its tenant sees.</summary>
    public string IdOf(TenantEnvironment environment, long recordId) => _ids.Encode(environment, recordId);
}
