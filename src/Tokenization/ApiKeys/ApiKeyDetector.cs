using System.Text.RegularExpressions;

namespace Dojo.Pci.Tokenization.ApiKeys;

/// <summary>A part of a text that looks like an API key of ours.</summary>
/// <param name="Masked">The prefix, an ellipsis, and the last four characters.</param>
/// <param name="IsWellFormed">Whether it has the length and the checksum of a key.</param>
public sealed record FoundApiKey(string Masked, bool IsWellFormed);

/// <summary>Finds API keys, including damaged ones, in texts where they do not belong.</summary>
public static partial class ApiKeyDetector
{
    /// <summary>Whether the text contains something that looks like an API key of ours, regardless of its checksum: even a part of a key is too much.</summary>
    public static bool ContainsApiKey(ReadOnlySpan<char> text) => text.Contains("sk_", StringComparison.Ordinal) && ApiKey().IsMatch(text);

    /// <summary>Finds everything in the text that looks like an API key of ours, in order of appearance.</summary>
    public static IEnumerable<FoundApiKey> Find(string text)
    {
        for (var match = ApiKey().Match(text); match.Success;)
        {
            // The characters after a key may look like more of it. If the first ones, as many as a key has, are a key, the rest is not part of it.
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
