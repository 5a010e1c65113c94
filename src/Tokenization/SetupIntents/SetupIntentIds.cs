using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Crypto;
using Dojo.Pci.Tokenization.Idempotency;

namespace Dojo.Pci.Tokenization.SetupIntents;

/// <summary>Converts setup intents from their stored form, with an internal id, to the form that the tenant sees, with a token.</summary>
internal sealed class SetupIntentIds(IdentifierCipher cipher, RecordIdSequence sequence, ClientSecrets secrets)
{
    private readonly PublicIds _tokens = new(cipher, IdentifierKind.SetupIntent, "si");

    /// <summary>Returns the internal id for a new setup intent.</summary>
    public long Next() => sequence.Next();

    /// <summary>Returns the first of <paramref name="count"/> consecutive internal ids.</summary>
    public long Next(int count) => sequence.Next(count);

    /// <summary>Returns the internal id behind a token of this environment; a negative number, which no record has, when it is not a valid token.</summary>
    public long RecordIdOf(TenantEnvironment environment, string token) => _tokens.Decode(environment, token);

    /// <summary>Returns the token of an internal id.</summary>
    public string TokenOf(TenantEnvironment environment, long recordId) => _tokens.Encode(environment, recordId);

    /// <summary>Returns the environment that a token names.</summary>
    public TenantEnvironment EnvironmentOf(string token) => _tokens.EnvironmentOf(token);

    /// <summary>Returns the form that the tenant sees, without the client session secret.</summary>
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

    /// <summary>Returns the form that the tenant sees, with the client session secret, for a caller to whom it was just issued.</summary>
    public SetupIntent WithClientSecret(StoredSetupIntent stored) => stored.ClientSecret is { } secret
        ? ToSetupIntent(stored) with { ClientSecret = secrets.Of(stored.Tenant.Environment, stored.RecordId, secret) }
        : ToSetupIntent(stored);

    /// <summary>Returns the first answer to the creation again, with the first client session secret, for a caller that repeats it under its idempotency key.</summary>
    public SetupIntent AsAnsweredFirst(StoredSetupIntent stored, IdempotencyAnswer answer) => WithClientSecret(stored with
    {
        Status = Enum.Parse<SetupIntentStatus>(answer.Status),
        UpdatedAt = answer.At,
        ClientSecret = stored.ClientSecret is null ? null : new ClientSecretState(Generation: 0, ClientSecrets.ExpiryFrom(stored.CreatedAt)),
    });
}
