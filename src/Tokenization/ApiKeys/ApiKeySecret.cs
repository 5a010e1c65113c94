using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.ApiKeys;

/// <summary>
/// An API key as its holder sees it (DESIGN D14): <c>sk_sandbox_</c> or <c>sk_prod_</c>, then 43 base64url characters
/// (256 random bits), then the CRC-32 of all that in 8 hexadecimal digits, with which a scanner can tell a leaked key from
/// noise without asking us. It is shown once, when it is made; we store its SHA-256, which is enough for 256 random bits.
/// It prints as its prefix and last four characters.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class ApiKeySecret
{
    /// <summary>The number of characters after the prefix of a key.</summary>
    internal const int LengthAfterPrefix = RandomLength + ChecksumLength;

    private const int RandomBytes = 32;
    private const int RandomLength = 43;
    private const int ChecksumLength = 8;
    private readonly string _text;

    private ApiKeySecret(string text) => _text = text;

    /// <summary>The last four characters, with which people tell their keys apart.</summary>
    public string LastFour => _text[^4..];

    /// <summary>Generates a new key.</summary>
    public static ApiKeySecret Generate(TenantEnvironment environment)
    {
        var content = PrefixOf(environment) + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));
        return new ApiKeySecret(content + ChecksumOf(content));
    }

    /// <summary>Returns the prefix of an environment's keys.</summary>
    public static string PrefixOf(TenantEnvironment environment) =>
        environment == TenantEnvironment.Production ? "sk_prod_" : "sk_sandbox_";

    /// <summary>
    /// Whether the text has the form and the checksum of a key, which does not mean that the key exists. Authentication does not
    /// call this: a wrong checksum must not be answered faster than an unknown key.
    /// </summary>
    public static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        var prefix = PrefixOf(text.StartsWith("sk_prod_", StringComparison.Ordinal) ? TenantEnvironment.Production : TenantEnvironment.Sandbox);
        if (!text.StartsWith(prefix, StringComparison.Ordinal) || text.Length != prefix.Length + LengthAfterPrefix)
        {
            return false;
        }

        var content = text[..^ChecksumLength];
        return Base64Url.IsValid(content[prefix.Length..], out var bytes) && bytes == RandomBytes
            && text[^ChecksumLength..].SequenceEqual(ChecksumOf(content));
    }

    /// <summary>Computes the SHA-256 under which a presented key is looked up.</summary>
    public static byte[] HashOf(ReadOnlySpan<char> presented)
    {
        var hash = new byte[SHA256.HashSizeInBytes];
        Hash(presented, hash);
        return hash;
    }

    /// <summary>Writes the SHA-256 of a presented key to the first 32 bytes of <paramref name="destination"/>.</summary>
    internal static void Hash(ReadOnlySpan<char> presented, Span<byte> destination)
    {
        // Far longer than any key of ours, so a text that is cut off here could not have matched.
        const int Longest = 512;
        Span<byte> utf8 = stackalloc byte[Longest * 3];
        var written = Encoding.UTF8.GetBytes(presented[..Math.Min(presented.Length, Longest)], utf8);
        SHA256.HashData(utf8[..written], destination);
        CryptographicOperations.ZeroMemory(utf8[..written]);
    }

    /// <summary>Returns the whole key, to be shown to its owner once.</summary>
    public string Reveal() => _text;

    /// <summary>Computes the SHA-256 that is stored.</summary>
    public byte[] Hash() => HashOf(_text);

    /// <summary>Returns the prefix, an ellipsis, and the last four characters.</summary>
    public override string ToString() => $"{_text[..(_text.IndexOf('_', 3) + 1)]}…{LastFour}";

    // CRC-32 as in zip and zlib, which every scripting language provides, so that a script can check a key.
    private static string ChecksumOf(ReadOnlySpan<char> content)
    {
        Span<byte> ascii = stackalloc byte[content.Length];
        Encoding.ASCII.GetBytes(content, ascii);
        var checksum = Crc32.HashToUInt32(ascii);
        CryptographicOperations.ZeroMemory(ascii);
        return checksum.ToString("x8", CultureInfo.InvariantCulture);
    }
}
