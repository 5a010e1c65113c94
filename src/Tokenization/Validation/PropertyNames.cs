using System.Text;
using System.Text.Json;
using Ascii = System.Text.Ascii;

namespace Dojo.Pci.Tokenization.Validation;

/// <summary>
/// Writes the messages about properties that a body or an object may not have (docs/adr/0021-one-meaning.md). A message repeats the
/// name only if that cannot give anything away: at most 40 ASCII letters. It never repeats names of verification codes, PINs and track
/// data (DESIGN D5), so that no error log suggests that one was here.
/// </summary>
internal static class PropertyNames
{
    private const int LongestName = 40;

    private static readonly string[] s_sensitiveNames = ["pin", "csc", "cid", "cvn", "pvv", "pvki"];
    private static readonly string[] s_sensitiveParts = ["cvv", "cvc", "cav", "securitycode", "verification", "pinblock", "track", "magstripe"];

    /// <summary>Returns a sentence about the property whose name the reader is at.</summary>
    /// <param name="reader">The reader, positioned at the name.</param>
    /// <param name="owner">What may not have the property, as the start of the sentence: "The body".</param>
    /// <param name="known">The names of the properties that the owner may have.</param>
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
