using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Crypto;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>Converts the ids of subscriptions and secrets, and the id by which events name the account.</summary>
internal sealed class WebhookIds(IdentifierCipher cipher, RecordIdSequence sequence)
{
    private readonly PublicIds _subscriptions = new(cipher, IdentifierKind.WebhookSubscription, "ws");
    private readonly PublicIds _secrets = new(cipher, IdentifierKind.WebhookSecret, "sc");

    /// <summary>Returns the internal id for a new subscription or secret.</summary>
    public long Next() => sequence.Next();

    /// <summary>Returns the internal id behind an id of this environment; a negative number, which no record has, when it is not a valid id.</summary>
    public long RecordIdOf(TenantEnvironment environment, string id) => _subscriptions.Decode(environment, id);

    /// <inheritdoc cref="RecordIdOf"/>
    public long SecretRecordIdOf(TenantEnvironment environment, string id) => _secrets.Decode(environment, id);

    /// <summary>Returns the id that the tenant sees.</summary>
    public string IdOf(TenantEnvironment environment, long recordId) => _subscriptions.Encode(environment, recordId);

    /// <inheritdoc cref="IdOf"/>
    public string SecretIdOf(TenantEnvironment environment, long recordId) => _secrets.Encode(environment, recordId);

    /// <summary>Returns the id by which events name the account. It differs between the environments.</summary>
    public string AccountIdOf(Tenant tenant) => $"acc_{cipher.Encode(tenant.Environment, IdentifierKind.Account, tenant.Account.Value)}";
}
