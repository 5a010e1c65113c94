using System.Security.Cryptography;
using System.Text;

namespace Dojo.Pci.Portal.Authentication.SigningIn;

/// <summary>
/// Codes for members who have lost the second factor: ten, each valid once. Each has 120 random bits, so a plain hash of it is enough
/// (NIST SP 800-63B 3.1.2.2 asks for 112).
/// </summary>
internal static class RecoveryCodes
{
    private const int Count = 10;
    private const int Groups = 4;
    private const int GroupLength = 6;

    // Crockford's base 32, without I, L, O and U, which are easily mistaken.
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    public static IReadOnlyList<string> Generate() =>
        [.. Enumerable.Range(0, Count).Select(_ => string.Join('-', Enumerable.Range(0, Groups).Select(_ => RandomNumberGenerator.GetString(Alphabet, GroupLength))))];

    /// <summary>
    /// Returns the hash of a code, which is stored. Case, spaces and hyphens are ignored, and O, I and L count as the digits that they look like.
    /// </summary>
    public static byte[] HashOf(string? code)
    {
        var plain = TypedCode.LettersAndDigitsOf(code).Replace('O', '0').Replace('I', '1').Replace('L', '1');
        return SHA256.HashData(Encoding.ASCII.GetBytes(plain));
    }
}
