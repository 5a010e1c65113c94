using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Portal.Authentication.SigningIn;

/// <summary>
/// What a password must be: long, of letters and digits (PCI DSS 8.3.6; that a standard asks for it is the only reason), and nothing
/// that guessers try early (NIST SP 800-63B 3.1.1.2).
/// </summary>
internal sealed class PasswordRules(IOptions<IdentityOptions> options)
{
    /// <summary>The fewest characters. A character is a Unicode code point.</summary>
    public const int Shortest = 12;

    /// <summary>The most: a longer one costs us more than it helps.</summary>
    public const int Longest = 256;

    /// <summary>The rules in a sentence, shown wherever a password is chosen (PCI DSS 8.3.8).</summary>
    public const string Summary = "At least 12 characters with letters and digits; a phrase of 15 or more is better. Not one that is easy to guess, and not one of your last four.";

    // In powers of ten. Where the hashes were stolen, each guess costs a tenth of a second of a processor.
    private const double FewestGuesses = 10;

    private static readonly string[] s_product = ["dojo", "pci", "portal", "dojopci", "dojoportal", "dojopciportal", "payment", "payments", "merchant", "card", "cards", "token", "vault"];

    /// <summary>Every rule that a password breaks, as a sentence that does not repeat it.</summary>
    /// <param name="password">The password, normalized.</param>
    /// <param name="email">The member's address.</param>
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
            yield return $"It may have {Longest} characters at most.";
            yield break;
        }

        if (!password.EnumerateRunes().Any(Rune.IsLetter) || !password.EnumerateRunes().Any(Rune.IsDigit))
        {
            yield return "It needs letters and digits.";
        }

        var own = PartsOf(name).Concat(PartsOf(email.Split('@')[0])).Where(part => part.Length >= 3).ToHashSet(StringComparer.Ordinal);
        if (PasswordGuesses.Log10Of(password, own.Concat(PartsOf(email)).Concat(s_product).ToHashSet(StringComparer.Ordinal)) < FewestGuesses)
        {
            yield return "It is one of those that are tried first.";
        }

        var plain = password.ToLowerInvariant();
        if (own.Any(part => part.Length >= 4 && plain.Contains(part, StringComparison.Ordinal)))
        {
            yield return "It must not contain your name or address.";
        }
    }

    // "Grace.Hopper@mail.example" has five, and "gracehopper" is what people make of a name.
    private static IEnumerable<string> PartsOf(string text)
    {
        var plain = Nfkc.Normalize(text).ToLowerInvariant();
        var parts = plain.Split([' ', '\t', '.', ',', '-', '_', '+', '@', '\''], StringSplitOptions.RemoveEmptyEntries);
        return parts.Append(plain).Append(string.Concat(parts));
    }
}
