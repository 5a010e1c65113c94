using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Portal.Authentication.SigningIn;

/// <summary>
/// The rules for passwords: long, with letters and digits (PCI DSS 8.3.6; the standard is the only reason for that), and not among the
/// first that attackers guess (NIST SP 800-63B 3.1.1.2).
/// </summary>
internal sealed class PasswordRules(IOptions<IdentityOptions> options)
{
    /// <summary>The minimum number of characters. A character is a Unicode code point.</summary>
    public const int Shortest = 12;

    /// <summary>The maximum number of characters: a longer password costs us more than it helps.</summary>
    public const int Longest = 256;

    /// <summary>The rules in a sentence, shown wherever a password is chosen (PCI DSS 8.3.8).</summary>
    public const string Summary = "At least 12 characters with letters and digits; a phrase of 15 or more is better. Not one that is easy to guess, and not one of your last four.";

    // As a power of ten. If the hashes are stolen, each guess costs a tenth of a second of processor time.
    private const double FewestGuesses = 10;

    private static readonly string[] s_product = ["dojo", "pci", "portal", "dojopci", "dojoportal", "dojopciportal", "payment", "payments", "merchant", "card", "cards", "token", "vault"];

    /// <summary>Returns every rule that a password breaks, as a sentence that does not repeat the password.</summary>
    /// <param name="password">The password, normalized.</param>
    /// <param name="email">The member's email address.</param>
    /// <param name="name">The member's name.</param>
    public IEnumerable<string> FaultsOf(string password, string email, string name)
    {
        var length = password.EnumerateRunes().Count();
        if (length < options.Value.Password.RequiredLength)
        {
            yield return $"It needs at least {options.Value.Password.RequiredLength} characters.";
        }

        if (length > Longest)
        {
            yield return $"It can have at most {Longest} characters.";
            yield break;
        }

        if (!password.EnumerateRunes().Any(Rune.IsLetter) || !password.EnumerateRunes().Any(Rune.IsDigit))
        {
            yield return "It needs letters and digits.";
        }

        var own = PartsOf(name).Concat(PartsOf(email.Split('@')[0])).Where(part => part.Length >= 3).ToHashSet(StringComparer.Ordinal);
        if (PasswordGuesses.Log10Of(password, own.Concat(PartsOf(email)).Concat(s_product).ToHashSet(StringComparer.Ordinal)) < FewestGuesses)
        {
            yield return "It is easy to guess.";
        }

        var plain = password.ToLowerInvariant();
        if (own.Any(part => part.Length >= 4 && plain.Contains(part, StringComparison.Ordinal)))
        {
            yield return "It must not contain your name or address.";
        }
    }

    // Adds the joined parts, because people turn a name like "Grace.Hopper" into "gracehopper".
    private static IEnumerable<string> PartsOf(string text)
    {
        var plain = Nfkc.Normalize(text).ToLowerInvariant();
        var parts = plain.Split([' ', '\t', '.', ',', '-', '_', '+', '@', '\''], StringSplitOptions.RemoveEmptyEntries);
        return parts.Append(plain).Append(string.Concat(parts));
    }
}
