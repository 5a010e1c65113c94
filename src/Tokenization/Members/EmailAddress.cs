using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Tokenization.Members;

/// <summary>
/// An e-mail address with which a member signs in. We send no mail, so we do not check whether it is reachable: it only has to be
/// one name that looks the same to everyone.
/// </summary>
public readonly record struct EmailAddress
{
    /// <summary>The maximum length, in characters (RFC 5321, 4.5.3.1.3).</summary>
    public const int Longest = 254;

    // Only ASCII: two other letters may look alike, or one may have two encodings, and this program runs without the tables that
    // would tell (InvariantGlobalization). Brackets and separators occur between addresses, not in them.
    private static readonly SearchValues<char> s_taken =
        SearchValues.Create("!#$%&'*+-./0123456789=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ^_`abcdefghijklmnopqrstuvwxyz{|}~");

    private EmailAddress(string text, string key) => (Text, Key) = (text, key);

    /// <summary>The address as its owner wrote it, trimmed.</summary>
    public string Text { get; }

    /// <summary>The form used for comparison: two spellings of one address have the same key.</summary>
    public string Key { get; }

    /// <summary>Reads a typed address. Returns false for a text that is not an address.</summary>
    [SuppressMessage("Globalization", "CA1308:Normalize strings to uppercase", Justification = "addresses are written in lower case")]
    public static bool TryParse(string? typed, out EmailAddress address)
    {
        address = default;
        var text = typed.AsSpan().Trim();
        var at = text.IndexOf('@');
        if (text.Length > Longest || at < 1 || at == text.Length - 1 || at != text.LastIndexOf('@')
            || text.ContainsAnyExcept(s_taken) || CardNumberDetector.ContainsCardNumber(text))
        {
            return false;
        }

        address = new EmailAddress(text.ToString(), text.ToString().ToLowerInvariant());
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
