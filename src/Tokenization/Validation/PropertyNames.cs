using System.Text;
using System.Text.Json;
using Ascii = System.Text.Ascii;

namespace Dojo.Pci.Tokenization.Validation;

/// <summary>
/// What is said of a property that a body or an object does not have (docs/adr/0021-one-meaning.md). Its name is repeated only where
/// that cannot give anything away: letters of ASCII, at most 40. Names of verification codes, PINs and track data are not repeated
/// (DESIGN D5), so that no log of errors suggests that one was here.
/// </summary>
internal static class PropertyNames
{
    private const int LongestName = 40;

    private static readonly string[] s_sensitiveNames = ["pin", "csc", "cid", "cvn", "pvv", "pvki"];
    private static readonly string[] s_sensitiveParts = ["cvv", "cvc", "cav", "securitycode", "verification", "pinblock", "track", "magstripe"];

    /// <summary>A sentence about the property whose name the reader is at.</summary>
    /// <param name="reader">Is at the name.</param>
    /// <param name="owner">What does not have the property, to begin the sentence with: "The body".</param>
    /// <param name="known">The names that the owner has.</param>
    public static string Describe(ref Utf8JsonReader reader, string owner, IEnumerable<string> known)
    {
        if (!JsonText.TryTake(ref reader, out var name))
        {
            return Unnamed(owner);
        }

        using (name)
        {
            foreach (var meant in known)
            {
                if (Ascii.EqualsIgnoreCase(name.Utf8, meant))
                {
                    return $"{owner} has a property whose name is written in another case: write {meant}.";
                }
            }

            return IsPlain(name.Utf8) && !IsSensitive(name.Utf8)
                ? $"{owner} has the property {Encoding.ASCII.GetString(name.Utf8)}, which it may not have."
                : Unnamed(owner);
        }
    }

    private static string Unnamed(string owner) =>
        $"{owner} has a property that it may not have. Verification codes, PINs and track data are never accepted.";

    private static bool IsPlain(ReadOnlySpan<byte> name)
    {
        foreach (var letter in name)
        {
            if (!char.IsAsciiLetter((char)letter))
            {
                return false;
            }
        }

        return name.Length is > 0 and <= LongestName;
    }

    private static bool IsSensitive(ReadOnlySpan<byte> plain)
    {
        var name = Encoding.ASCII.GetString(plain).ToLowerInvariant();
        return s_sensitiveNames.Contains(name, StringComparer.Ordinal) || Array.Exists(s_sensitiveParts, part => name.Contains(part, StringComparison.Ordinal));
    }
}
