using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Vault;

namespace Dojo.Pci.Tokenization.SetupIntents;

/// <summary>Setup intents between their stored form, under an internal id, and the form their tenant sees, under a token.</summary>
internal sealed class SetupIntentIds(IdentifierCipher cipher, RecordIdSequence sequence)
{
    /// <summary>The internal id for a new setup intent.</summary>
    public long Next() => sequence.Next();

    /// <summary>The internal id behind a token; null when it can be none of this environment's.</summary>
    public long? RecordIdOf(TenantEnvironment environment, ReadOnlySpan<char> token)
    {
        var prefix = PrefixOf(environment);
        return token.StartsWith(prefix, StringComparison.Ordinal)
            ? cipher.Decode(environment, IdentifierKind.SetupIntent, token[prefix.Length..])
            : null;
    }

    /// <summary>The form its tenant sees.</summary>
    public SetupIntent ToSetupIntent(StoredSetupIntent stored)
    {
        var environment = stored.Tenant.Environment;
        var token = PrefixOf(environment) + cipher.Encode(environment, IdentifierKind.SetupIntent, stored.RecordId);
        return new SetupIntent(token, stored.Status, stored.CreatedAt, stored.UpdatedAt, stored.Reference, stored.Description, stored.Metadata);
    }

    private static string PrefixOf(TenantEnvironment environment) =>
        environment == TenantEnvironment.Production ? "si_prod_" : "si_sandbox_";
}
