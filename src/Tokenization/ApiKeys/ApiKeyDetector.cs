using System.Text.RegularExpressions;

namespace Dojo.Pci.Tokenization.ApiKeys;

/// <summary>What looks like an API key of ours in a text.</summary>
/// <param name="Masked">Its prefix, dots, and its last four characters.</param>
/// <param name="IsWellFormed">Whether it has the length and the checksum of a key.</param>
public sealed record FoundApiKey(string Masked, bool IsWellFormed);

/// <summary>Finds API keys, also mutilated ones, that were put where they do not belong.</summary>
public static partial class ApiKeyDetector
{
    /// <summary>Whether the text contains what looks like an API key of ours. Its checksum is not asked: most of a key is too much already.</summary>
    public static bool ContainsApiKey(ReadOnlySpan<char> text) => text.Contains("sk_", StringComparison.Ordinal) && ApiKey().IsMatch(text);

    /// <summary>Everything in the text that looks like an API key of ours, in its order.</summary>
    public static IEnumerable<FoundApiKey> Find(string text)
    {
        for (var match = ApiKey().Match(text); match.Success;)
        {
            // What follows a key may look like more of it: if so many characters as a key has are one, the rest is not.
            var prefix = match.Value[..(match.Value.IndexOf('_', 3) + 1)];
            var candidate = match.Value[..Math.Min(match.Length, prefix.Length + ApiKeySecret.LengthAfterPrefix)];
            var isWellFormed = ApiKeySecret.IsWellFormed(candidate);
            yield return new FoundApiKey($"{prefix}…{candidate[^4..]}", isWellFormed);
            match = ApiKey().Match(text, match.Index + (isWellFormed ? candidate.Length : prefix.Length));
        }
    }

    [GeneratedRegex("sk_(sandbox|prod)_[A-Za-z0-9_-]{20,}", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex ApiKey();
}
