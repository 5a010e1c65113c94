using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.Crypto;

/// <summary>
/// Public ids: what they name, the environment, and 22 base64url characters that reveal nothing, as in
/// <c>si_sandbox_zO9He6VSK0WV3_g33nVDVw</c>.
/// </summary>
/// <param name="cipher">Encrypts the internal id into the characters.</param>
/// <param name="kind">What the ids name.</param>
/// <param name="name">The prefix that stands for the kind, such as <c>si</c>.</param>
internal sealed class PublicIds(IdentifierCipher cipher, IdentifierKind kind, string name)
{
    /// <summary>An id that no record has. It is looked up if a text cannot be an id, so that the lookup takes as long (DESIGN D8).</summary>
    private const long Nobody = -1;

    private readonly string _sandbox = $"{name}_sandbox_";
    private readonly string _production = $"{name}_prod_";

    public string Encode(TenantEnvironment environment, long recordId) => PrefixOf(environment) + cipher.Encode(environment, kind, recordId);

    /// <summary>Returns the internal id behind a public id of this environment; a negative one, which no record has, if the text is not such an id.</summary>
    public long Decode(TenantEnvironment environment, string id)
    {
        var prefix = PrefixOf(environment);
        var hasPrefix = id.StartsWith(prefix, StringComparison.Ordinal);
        var recordId = cipher.Decode(environment, kind, hasPrefix ? id.AsSpan(prefix.Length) : id);
        return hasPrefix ? recordId ?? Nobody : Nobody;
    }

    /// <summary>Returns the environment that the prefix of an id names; the sandbox for any other text.</summary>
    public TenantEnvironment EnvironmentOf(string id) =>
        id.StartsWith(_production, StringComparison.Ordinal) ? TenantEnvironment.Production : TenantEnvironment.Sandbox;

    private string PrefixOf(TenantEnvironment environment) => environment == TenantEnvironment.Production ? _production : _sandbox;
}
