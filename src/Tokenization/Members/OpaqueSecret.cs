using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Dojo.Pci.Tokenization.Members;

/// <summary>
/// The secret that opens a session, a link or a ceremony: 256 random bits in 43 base64url characters. Only its holder has it; we
/// store its SHA-256, which is enough for 256 random bits. It prints as a placeholder.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class OpaqueSecret
{
    private const int RandomBytes = 32;
    private const int Length = 43;
    private static readonly SearchValues<char> s_letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    // 32 bytes leave two bits of the last character unused; both are 0.
    private static readonly SearchValues<char> s_lastLetters = SearchValues.Create("AEIMQUYcgkosw048");

    private readonly string _text;

    private OpaqueSecret(string text) => _text = text;

    /// <summary>Generates a new secret.</summary>
    public static OpaqueSecret Generate() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes)));

    /// <summary>Reads a secret that a caller presents. Returns false for a text that cannot be one.</summary>
    public static bool TryRead(string? presented, [NotNullWhen(true)] out OpaqueSecret? secret)
    {
        secret = presented is { Length: Length } && Base64Url.IsValid(presented) ? new OpaqueSecret(presented) : null;
        return secret is not null;
    }

    /// <summary>
    /// Whether a text contains what may be a secret, where a URL, a form or a cookie holds one: after <c>=</c>, <c>#</c> or <c>/</c>. A
    /// run of the same characters in quotes is an id of the framework and does not count.
    /// </summary>
    public static bool IsIn(ReadOnlySpan<char> text)
    {
        for (var start = 0; start < text.Length; start++)
        {
            var run = text[start..].IndexOfAnyExcept(s_letters) is var length and >= 0 ? text.Slice(start, length) : text[start..];
            if (run.Length == Length && s_lastLetters.Contains(run[^1]) && start > 0 && text[start - 1] is ('=' or '#' or '/'))
            {
                return true;
            }

            start += run.Length;
        }

        return false;
    }

    /// <summary>Returns the secret itself, for its holder.</summary>
    public string Reveal() => _text;

    /// <summary>Computes the SHA-256 under which the secret is stored and looked up.</summary>
    public byte[] Hash() => SHA256.HashData(Encoding.ASCII.GetBytes(_text));

    /// <summary>Returns a placeholder, never the secret.</summary>
    public override string ToString() => "(secret)";
}
