using System.Text;

namespace Dojo.Pci.Tokenization.Accounts;

/// <summary>Makes the names that locations have in addresses: lower-case ASCII letters, digits and hyphens.</summary>
internal static class LocationSlugs
{
    private const int Longest = 40;
    private const string WithoutLetters = "location";

    /// <summary>A slug like the name that is not taken yet.</summary>
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
        foreach (var character in name.Normalize(NormalizationForm.FormD).Where(char.IsAscii).Take(Longest))
        {
            if (char.IsAsciiLetterOrDigit(character))
            {
                slug.Append(char.ToLowerInvariant(character));
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        var plain = slug.ToString().Trim('-');
        return plain.Length > 0 ? plain : WithoutLetters;
    }
}
