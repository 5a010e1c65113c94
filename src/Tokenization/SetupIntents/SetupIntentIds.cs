using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Crypto;
using Dojo.Pci.Tokenization.Idempotency;

namespace Dojo.Pci.Tokenization.SetupIntents;

/// <summary>Setup intents between their stored form, under an internal id, and the form their tenant sees, under a token.</summary>
internal sealed class SetupIntentIds(IdentifierCipher cipher, RecordIdSequence sequence, ClientSecrets secrets)
{
    private readonly PublicIds _tokens = new(cipher, IdentifierKind.SetupIntent, "si");

    /// <summary>The internal id for a new setup intent.</summary>
    public long Next() => sequence.Next();

    /// <summary>The first of so many internal ids in a row.</summary>
    public long Next(int count) => sequence.Next(count);

    /// <summary>The internal id behind a token of this environment; a negative one, which nothing has, when it can be no such token.</summary>
    public long RecordIdOf(TenantEnvironment environment, string token) => _tokens.Decode(environment, token);

    /// <summary>The token of an internal id.</summary>
    public string TokenOf(TenantEnvironment environment, long recordId) => _tokens.Encode(environment, recordId);

    /// <summary>The environment that a token says it is of.</summary>
    public TenantEnvironment EnvironmentOf(string token) => _tokens.EnvironmentOf(token);

    /// <summary>The form its tenant sees.</summary>
    public SetupIntent ToSetupIntent(StoredSetupIntent stored) =>
        new(
            TokenOf(stored.Tenant.Environment, stored.RecordId),
            stored.Status,
            stored.CreatedAt,
            stored.UpdatedAt,
            stored.Reference,
            stored.Description,
            stored.Metadata)
        {
            Card = stored.Card is { } card ? new ShownCard(card.Masked, card.Scheme, card.Expiry) : null,
            Mandate = stored.Mandate,
            ExpireAt = stored.ExpireAt,
        };

    /// <summary>The same with its client session secret, for who has just been given one.</summary>
    public SetupIntent WithClientSecret(StoredSetupIntent stored) => stored.ClientSecret is { } secret
        ? ToSetupIntent(stored) with { ClientSecret = secrets.Of(stored.Tenant.Environment, stored.RecordId, secret) }
        : ToSetupIntent(stored);

    /// <summary>The same as its creation was answered, for who repeats that under its idempotency key: with the first secret.</summary>
    public SetupIntent AsAnsweredFirst(StoredSetupIntent stored, IdempotencyAnswer answer) => WithClientSecret(stored with
    {
        Status = Enum.Parse<SetupIntentStatus>(answer.Status),
        UpdatedAt = answer.At,
        ClientSecret = stored.ClientSecret is null ? null : new ClientSecretState(Generation: 0, ClientSecrets.ExpiryFrom(stored.CreatedAt)),
    });
}
