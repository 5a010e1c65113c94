using System.Text;

namespace Dojo.Pci.Tokenization.Accounts;

/// <summary>
/// Makes the names that locations have in URLs: lower-case ASCII letters, digits and hyphens. A location keeps its slug when it is
/// renamed, so that its URLs continue to work.
/// </summary>
internal static class LocationSlugs
{
    private const int Longest = 40;
    private const string WithoutLetters = "location";

    /// <summary>Makes a slug from a name that is not taken yet.</summary>
    public static string Of(string name, IReadOnlySet<string> taken)
    {
        var slug = Plain(name);
        return taken.Contains(slug)
            ? Enumerable.Range(2, taken.Count + 1).Select(number => $"{slug}-{number}").First(numbered => !taken.Contains(numbered))
            : slug;
    }

    private static string Plain(string name)
    {
        var slug = new StringBuilder();
        foreach (var character in LatinLetters.Of(name))
        {
            if (char.IsAsciiLetterOrDigit(character))
            {
                slug.Append(character);
            }
            else if (slug.Length > 0 && slug[^1] != '-' && !IsApostrophe(character))
            {
                slug.Append('-');
            }
        }

        var plain = slug.ToString(0, Math.Min(slug.Length, Longest)).Trim('-');
        return plain.Length > 0 ? plain : WithoutLetters;
    }

    // "Joe's Bar" becomes joes-bar.
    private static bool IsApostrophe(char character) => character is '\'' or '\u2019';
}
