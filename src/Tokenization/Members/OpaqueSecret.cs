using System.Buffers.Text;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Dojo.Pci.Tokenization.Members;

/// <summary>
/// What opens a session, a link or a ceremony: 256 random bits in 43 base64url characters. Its holder has it; we keep its
/// SHA-256, which is enough for 256 random bits. It prints as nothing.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class OpaqueSecret
{
    private const int RandomBytes = 32;
    private const int Length = 43;
    private readonly string _text;

    private OpaqueSecret(string text) => _text = text;

    /// <summary>Makes a new one.</summary>
    public static OpaqueSecret Generate() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes)));

    /// <summary>Reads what someone presents; false for what cannot be one.</summary>
    public static bool TryRead(string? presented, [NotNullWhen(true)] out OpaqueSecret? secret)
    {
        secret = presented is { Length: Length } && Base64Url.IsValid(presented) ? new OpaqueSecret(presented) : null;
        return secret is not null;
    }

    /// <summary>The secret itself, for its holder.</summary>
    public string Reveal() => _text;

    /// <summary>The SHA-256 that is stored, and by which it is looked up.</summary>
    public byte[] Hash() => SHA256.HashData(Encoding.ASCII.GetBytes(_text));

    /// <summary>Never the secret.</summary>
    public override string ToString() => "(secret)";
}
