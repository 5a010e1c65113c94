using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Vault;

namespace Dojo.Pci.Tokenization.PaymentIntents;

/// <summary>Ids of payment intents.</summary>
internal sealed class PaymentIntentIds(IdentifierCipher cipher, RecordIdSequence sequence)
{
    private const long Nobody = -1;

    public long Next() => sequence.Next();

    /// <summary>The internal id behind an id of this environment; one that nothing has when it can be no such id.</summary>
    public long RecordIdOf(TenantEnvironment environment, string id)
    {
        var prefix = PrefixOf(environment);
        var encoded = id.StartsWith(prefix, StringComparison.Ordinal) ? id.AsSpan(prefix.Length) : id;
        return cipher.Decode(environment, IdentifierKind.PaymentIntent, encoded) is { } recordId && encoded.Length < id.Length ? recordId : Nobody;
    }

    public string IdOf(TenantEnvironment environment, long recordId) =>
        PrefixOf(environment) + cipher.Encode(environment, IdentifierKind.PaymentIntent, recordId);

    private static string PrefixOf(TenantEnvironment environment) =>
        environment == TenantEnvironment.Production ? "pi_prod_" : "pi_sandbox_";
}
