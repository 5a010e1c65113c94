using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.Crypto;

/// <summary>
/// Ids as others see them: what they name, the environment, and 22 base64url characters that tell nothing, as in
/// <c>si_sandbox_zO9He6VSK0WV3_g33nVDVw</c>.
/// </summary>
/// <param name="cipher">Makes the characters.</param>
/// <param name="kind">What is named.</param>
/// <param name="name">The same in two letters.</param>
internal sealed class PublicIds(IdentifierCipher cipher, IdentifierKind kind, string name)
{
    /// <summary>What nothing has: looked up where a text cannot be an id, so that this takes as long (DESIGN D8).</summary>
    private const long Nobody = -1;

    private readonly string _sandbox = $"{name}_sandbox_";
    private readonly string _production = $"{name}_prod_";

    public string Encode(TenantEnvironment environment, long recordId) => PrefixOf(environment) + cipher.Encode(environment, kind, recordId);

    /// <summary>The internal id behind an id of this environment; a negative one, which nothing has, when it can be no such id.</summary>
    public long Decode(TenantEnvironment environment, string id)
    {
        var prefix = PrefixOf(environment);
        var hasPrefix = id.StartsWith(prefix, StringComparison.Ordinal);
        var recordId = cipher.Decode(environment, kind, hasPrefix ? id.AsSpan(prefix.Length) : id);
        return hasPrefix ? recordId ?? Nobody : Nobody;
    }

    /// <summary>The environment that an id says it is of.</summary>
    public TenantEnvironment EnvironmentOf(string id) =>
        id.StartsWith(_production, StringComparison.Ordinal) ? TenantEnvironment.Production : TenantEnvironment.Sandbox;

    private string PrefixOf(TenantEnvironment environment) => environment == TenantEnvironment.Production ? _production : _sandbox;
}
