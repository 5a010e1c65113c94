using System.Collections.Frozen;

namespace Dojo.Pci.Portal.Authentication.SigningIn;

/// <summary>
/// Estimates how many guesses a password withstands if the most likely passwords are guessed first: common passwords, in the usual
/// disguises, backwards and combined; then repetitions, sequences, walks over the keyboard and years.
/// </summary>
internal static class PasswordGuesses
{
    // Costs as powers of ten. Text that no pattern explains has to be guessed character by character.
    private const double OneCharacter = 1;
    private const double Again = 0.3;
    private const double FromFurtherBack = 0.7;
    private const double Sequence = 2;
    private const double Year = 2;
    private const double Known = 0.3;
    private const double Disguise = 0.5;

    private const int ShortestPattern = 3;
    private const int LongestWord = 32;

    // Rows and columns of keyboards (US, German, French), the alphabet and the digits.
    private static readonly string[] s_sequences =
    [
        "abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./", "qwertzuiop", "yxcvbnm", "azertyuiop", "qsdfghjklm", "wxcvbn",
        "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p", "qazwsxedcrfvtgbyhnujmikolp", "1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6u7i8o9p0", "a1s2d3f4g5h6j7k8l9", "1a2b3c4d5e6f7g8h9i",
        "a1b2c3d4e5f6g7h8i9", "zaq12wsxcde34rfvbgt56yhn", "!@#$%^&*()", "aeiou", "13579", "24680", "147258369", "159357",
    ];

    private static readonly string[] s_paths = [.. s_sequences, .. s_sequences.Select(Reverse)];

    // The rank of each word in the list determines how early it is guessed.
    private static readonly Lazy<FrozenDictionary<string, double>> s_common = new(() => EmbeddedLists.ReadLines("common-passwords.txt")
        .Select((word, rank) => KeyValuePair.Create(word, Math.Log10(rank + 2))).ToFrozenDictionary(StringComparer.Ordinal));

    /// <summary>Returns the estimated number of guesses, as a power of ten.</summary>
    /// <param name="password">The password, of at most a few hundred characters.</param>
    /// <param name="known">Words that an attacker knows, in lower case: names of the member and of the product.</param>
    public static double Log10Of(string password, IReadOnlySet<string> known)
    {
        var plain = password.ToLowerInvariant();
        string[] spellings = [.. new[] { plain, Undisguise(plain, 'i'), Undisguise(plain, 'l') }.Distinct(StringComparer.Ordinal)];

        // Element n is the cheapest way to explain the first n characters.
        var cheapest = new double[plain.Length + 1];
        for (var end = 1; end <= plain.Length; end++)
        {
            cheapest[end] = cheapest[end - 1] + OneCharacter;
            for (var start = end - 1; start >= 0; start--)
            {
                if (CostOf(plain, spellings, start, end, known) is { } cost)
                {
                    cheapest[end] = Math.Min(cheapest[end], cheapest[start] + cost);
                }
            }
        }

        return cheapest[^1];
    }

    private static double? CostOf(string plain, string[] spellings, int start, int end, IReadOnlySet<string> known)
    {
        var length = end - start;
        if (start >= length && plain.AsSpan(start, length).SequenceEqual(plain.AsSpan(start - length, length)))
        {
            return Again;
        }

        if (length < ShortestPattern)
        {
            return null;
        }

        if (plain.AsSpan(0, start).IndexOf(plain.AsSpan(start, length), StringComparison.Ordinal) >= 0)
        {
            return FromFurtherBack;
        }

        if (length > LongestWord)
        {
            return null;
        }

        var pattern = PatternCostOf(plain.AsSpan(start, length));
        var word = spellings.Select((spelling, i) => WordCostOf(spelling[start..end], known) + (i > 0 && !IsSame(spelling, plain, start, end) ? Disguise : 0)).Min();
        return pattern is null ? word : word is null ? pattern : Math.Min(pattern.Value, word.Value);
    }

    private static double? PatternCostOf(ReadOnlySpan<char> text)
    {
        foreach (var path in s_paths)
        {
            if (path.AsSpan().IndexOf(text, StringComparison.Ordinal) >= 0)
            {
                return Sequence;
            }
        }

        return text is ['1', '9', >= '0' and <= '9', >= '0' and <= '9'] or ['2', '0', >= '0' and <= '9', >= '0' and <= '9'] ? Year : null;
    }

    private static double? WordCostOf(string word, IReadOnlySet<string> known)
    {
        if (known.Contains(word))
        {
            return Known;
        }

        return s_common.Value.TryGetValue(word, out var cost) ? cost : s_common.Value.TryGetValue(Reverse(word), out cost) ? cost + Disguise : null;
    }

    private static bool IsSame(string one, string other, int start, int end) => one.AsSpan(start, end - start).SequenceEqual(other.AsSpan(start, end - start));

    private static string Undisguise(string text, char one) => string.Create(text.Length, (text, one), static (result, state) =>
    {
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = state.text[i] switch
            {
                '@' or '4' => 'a',
                '8' => 'b',
                '3' or '€' => 'e',
                '9' => 'g',
                '1' or '!' or '|' => state.one,
                '0' => 'o',
                '$' or '5' => 's',
                '7' or '+' => 't',
                '2' => 'z',
                var other => other,
            };
        }
    });

    private static string Reverse(string text)
    {
        var characters = text.ToCharArray();
        Array.Reverse(characters);
        return new string(characters);
    }
}
