using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Crypto;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>Ids of subscriptions and secrets, and of the account where events name it.</summary>
internal sealed class WebhookIds(IdentifierCipher cipher, RecordIdSequence sequence)
{
    private readonly PublicIds _subscriptions = new(cipher, IdentifierKind.WebhookSubscription, "ws");
    private readonly PublicIds _secrets = new(cipher, IdentifierKind.WebhookSecret, "sc");

    /// <summary>The internal id for a new subscription or secret.</summary>
    public long Next() => sequence.Next();

    /// <summary>The internal id behind an id of this environment; a negative one, which nothing has, when it can be no such id.</summary>
    public long RecordIdOf(TenantEnvironment environment, string id) => _subscriptions.Decode(environment, id);

    /// <inheritdoc cref="RecordIdOf"/>
    public long SecretRecordIdOf(TenantEnvironment environment, string id) => _secrets.Decode(environment, id);

    /// <summary>The id that its tenant sees.</summary>
    public string IdOf(TenantEnvironment environment, long recordId) => _subscriptions.Encode(environment, recordId);

    /// <inheritdoc cref="IdOf"/>
    public string SecretIdOf(TenantEnvironment environment, long recordId) => _secrets.Encode(environment, recordId);

    /// <summary>The account as events name it. Another in each environment.</summary>
    public string AccountIdOf(Tenant tenant) => $"acc_{cipher.Encode(tenant.Environment, IdentifierKind.Account, tenant.Account.Value)}";
}
