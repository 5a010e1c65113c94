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
        "dojopciportal", "dojoportal", "portal", "payment", "payments", "spring", "summer", "autumn", "winter", "january", "february", "march", "april", "august", "september", "october", "november", "december", "monday", "friday", "sunday", "company", "user", "username", "guest", "hello", "ninja",
        "michael", "jessica", "charlie", "jordan", "michelle", "daniel", "thomas", "andrew", "joshua", "robert", "matthew", "ashley", "nicole", "anthony", "jennifer",
        "william", "alexander", "samantha", "elizabeth", "patrick", "richard", "victoria", "george", "amanda", "hannah", "maggie", "ginger", "buster", "tigger", "pepper",
        "liverpool", "arsenal", "chelsea", "manchester", "barcelona", "realmadrid", "juventus", "bayern", "everton", "celtic", "rangers", "yankees", "cowboys", "steelers",
        "london", "england", "scotland", "ireland", "germany", "france", "berlin", "newyork", "california", "america", "australia", "canada", "dallas", "chicago",
        "starwars", "pokemon", "minecraft", "fortnite", "playstation", "nintendo", "google", "facebook", "microsoft", "computer", "internet", "server", "samsung", "iphone",
        "chocolate", "cookie", "cheese", "banana", "orange", "purple", "flower", "butterfly", "diamond", "silver", "golden", "freedom", "family", "mother", "forever",
        "lovely", "loveme", "lover", "babygirl", "angel", "jesus", "whatever", "access", "money", "business", "office", "finance", "merchant", "security", "support",
        "hunter", "killer", "soccer", "hockey", "basketball", "mustang", "harley", "ferrari", "mercedes", "corvette", "matrix", "phoenix", "merlin", "wizard", "mickey",
        "donald", "snoopy", "spiderman", "superstar", "rockstar", "champion", "warrior", "thunder", "blink", "metallica", "nirvana", "slayer", "eminem", "beatles",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly string[] s_walks =
    [
        "qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890", "0987654321", "qwertz", "azerty", "qwerty", "asdfgh", "zxcvbn", "123456", "654321", "1qaz", "2wsx", "3edc", "4rfv", "5tgb",
        "6yhn", "7ujm", "zaq1", "xsw2", "cde3", "vfr4", "qwer", "asdf", "zxcv", "rewq", "fdsa", "vcxz", "1234", "4321", "5678", "6789", "7890", "abcdef", "abcd", "123", "321", "qaz", "wsx", "edc",
    ];

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

    // Along the rows and columns of a keyboard, with at most a few characters of one's own.
    private static bool IsWalk(string lower) => s_walks.Aggregate(lower, (text, walk) => text.Replace(walk, "", StringComparison.Ordinal)).Length < 4;

    private static string LettersOf(string text) => new([.. text.Where(char.IsLetter)]);

    private static IEnumerable<string> Parts(string email, string name) =>
        name.Split(' ', StringSplitOptions.RemoveEmptyEntries).Append(email.Split('@')[0]).Where(part => part.Length >= 4);

    // "P@ssw0rd2026!" is "password" with what people put around it.
    private static bool IsGuessable(string password)
    {
        var lower = password.ToLowerInvariant();
        var core = lower.Trim([.. lower.Where(character => !char.IsLetter(character))]);
        var spelt = core.Replace('@', 'a').Replace('0', 'o').Replace('$', 's').Replace('3', 'e').Replace('1', 'i');
        return password.Distinct().Count() < 5 || IsWalk(lower) || s_common.Contains(LettersOf(spelt)) || s_common.Contains(LettersOf(lower));
    }
}
