using System.Text.RegularExpressions;

namespace Dojo.Pci.Tokenization.ApiKeys;

/// <summary>Finds API keys, also mutilated ones, that were put where they do not belong.</summary>
public static partial class ApiKeyDetector
{
    /// <summary>Whether the text contains what looks like an API key of ours. Its checksum is not asked: most of a key is too much already.</summary>
    public static bool ContainsApiKey(ReadOnlySpan<char> text) => ApiKey().IsMatch(text);

    [GeneratedRegex("sk_(sandbox|prod)_[A-Za-z0-9_-]{20,}", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex ApiKey();
}
