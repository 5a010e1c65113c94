using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Authorization;
using Dojo.Pci.Tokenization.Crypto;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tokenization.PaymentIntents;

/// <summary>Converts the ids of payment intents, settlements and receipts, and makes the client session secrets of payment intents.</summary>
internal sealed class PaymentIntentIds(IdentifierCipher cipher, RecordIdSequence sequence, ClientSecrets secrets)
{
    private readonly PublicIds _ids = new(cipher, IdentifierKind.PaymentIntent, "pi");

    private readonly PublicIds _captures = new(cipher, IdentifierKind.Capture, "cp");
    private readonly PublicIds _reversals = new(cipher, IdentifierKind.Reversal, "rvs");
    private readonly PublicIds _receipts = new(cipher, IdentifierKind.Receipt, "rcpt");
    private readonly PublicIds _refunds = new(cipher, IdentifierKind.Refund, "rfnd");

    /// <summary>Returns the internal id for a new payment intent, settlement or receipt.</summary>
    public long Next() => sequence.Next();

    /// <summary>Returns the internal id behind an id of this environment; a negative number, which no record has, when it is not a valid id.</summary>
    public long RecordIdOf(TenantEnvironment environment, string id) => _ids.Decode(environment, id);

    /// <summary>Returns the id of a settlement that the tenant sees.</summary>
    public string IdOf(TenantEnvironment environment, SettlementKind kind, long recordId) => (kind switch
    {
        SettlementKind.Capture => _captures,
        SettlementKind.Reversal => _reversals,
        _ => _refunds,
    }).Encode(environment, recordId);

    /// <summary>Returns the internal id behind the id of a refund; a negative number, which no record has, when it is not a valid id.</summary>
    public long RefundRecordIdOf(TenantEnvironment environment, string id) => _refunds.Decode(environment, id);

    /// <summary>Returns the client session secret of a payment intent; null when none was issued.</summary>
    public ClientSecret? ClientSecretOf(StoredPaymentIntent intent) =>
        intent.ClientSecret is { } secret ? secrets.Of(intent.Tenant.Environment, intent.RecordId, secret) : null;

    /// <summary>Returns the environment that an id names; the sandbox for any other text.</summary>
    public TenantEnvironment EnvironmentOf(string id) => _ids.EnvironmentOf(id);

    /// <summary>Returns the id of a receipt that the tenant sees.</summary>
    public string ReceiptIdOf(TenantEnvironment environment, long recordId) => _receipts.Encode(environment, recordId);

    /// <summary>Returns the id of a payment intent that the tenant sees.</summary>
    public string IdOf(TenantEnvironment environment, long recordId) => _ids.Encode(environment, recordId);
}
