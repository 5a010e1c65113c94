using System.Collections.Frozen;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Portal.Authentication.SigningIn;

/// <summary>
/// What a password must be: long, of letters and digits (PCI DSS 8.3.6; that a standard asks for it is the only reason), and
/// nothing that everybody tries first.
/// </summary>
internal sealed class PasswordRules(IOptions<IdentityOptions> options)
{
    /// <summary>Fewest characters.</summary>
    public const int Shortest = 12;

    /// <summary>Most: what is longer costs us more than it helps.</summary>
    public const int Longest = 256;

    /// <summary>The rules in a sentence, shown wherever a password is chosen (PCI DSS 8.3.8).</summary>
    public const string Summary = "At least 12 characters with letters and digits; a phrase of 15 or more is better. Not one that is easy to guess, and not one of your last four.";

    // The words that most guessed passwords are made of. A password that is little more than one of them is one of them.
    private static readonly FrozenSet<string> s_common = new[]
    {
        "password", "passwort", "passphrase", "passw", "pass", "letmein", "welcome", "qwerty", "qwertyuiop", "qwertz", "azerty", "asdfgh", "asdfghjkl", "zxcvbn", "zxcvbnm",
        "abc", "abcd", "abcde", "abcdef", "abcdefg", "abcdefgh", "admin", "administrator", "root", "test", "testing", "tester", "changeme", "change", "default", "login",
        "secret", "iloveyou", "monkey", "dragon", "football", "baseball", "master", "shadow", "sunshine", "princess", "superman", "batman", "trustno", "dojo", "dojopci",
        "dojopciportal", "dojoportal", "portal", "payment", "payments", "spring", "summer", "autumn", "winter", "january", "monday", "company", "user", "username", "guest", "hello", "ninja",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Every rule that a password breaks, as a sentence that does not repeat it.</summary>
    public IEnumerable<string> FaultsOf(string password, string email, string name)
    {
        if (password.Length < options.Value.Password.RequiredLength)
        {
            yield return $"It needs at least {options.Value.Password.RequiredLength} characters.";
        }

        if (password.Length > Longest)
        {
            yield return $"It may have {Longest} characters at most.";
        }

        if (!password.Any(char.IsLetter) || !password.Any(char.IsDigit))
        {
            yield return "It needs letters and digits.";
        }

        if (IsGuessable(password))
        {
            yield return "It is one of those that are tried first.";
        }

        if (Parts(email, name).Any(part => password.Contains(part, StringComparison.OrdinalIgnoreCase)))
        {
            yield return "It must not contain your name or address.";
        }
    }

    private static string LettersOf(string text) => new([.. text.Where(char.IsLetter)]);

    private static IEnumerable<string> Parts(string email, string name) =>
        name.Split(' ', StringSplitOptions.RemoveEmptyEntries).Append(email.Split('@')[0]).Where(part => part.Length >= 4);

    // "P@ssw0rd2026!" is "password" with what people put around it.
    private static bool IsGuessable(string password)
    {
        var lower = password.ToLowerInvariant();
        var core = lower.Trim([.. lower.Where(character => !char.IsLetter(character))]);
        var spelt = core.Replace('@', 'a').Replace('0', 'o').Replace('$', 's').Replace('3', 'e').Replace('1', 'i');
        return password.Distinct().Count() < 5 || s_common.Contains(LettersOf(spelt)) || s_common.Contains(LettersOf(lower));
    }
}
