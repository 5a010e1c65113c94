using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Tokenization.Members;

/// <summary>
/// An e-mail address by which a member signs in. We send no mail, so it is not checked for being reachable: it only has to be
/// one name that looks the same to everyone.
/// </summary>
public readonly record struct EmailAddress
{
    /// <summary>Most characters (RFC 5321, 4.5.3.1.3).</summary>
    public const int Longest = 254;

    private EmailAddress(string text, string key) => (Text, Key) = (text, key);

    /// <summary>As its owner wrote it, without the space around it.</summary>
    public string Text { get; }

    /// <summary>As it is compared: two spellings of one address have the same.</summary>
    public string Key { get; }

    /// <summary>Reads what someone typed; false for what is no address.</summary>
    public static bool TryParse(string? typed, out EmailAddress address)
    {
        address = default;
        var text = typed?.Trim() ?? "";
        if (text.Length is 0 or > Longest || !TryNormalise(text, out var key))
        {
            return false;
        }

        var at = key.IndexOf('@', StringComparison.Ordinal);
        if (at < 1 || at != key.LastIndexOf('@') || at == key.Length - 1 || key.Length > Longest)
        {
            return false;
        }

        if (!text.EnumerateRunes().All(IsVisible) || !key.EnumerateRunes().All(IsVisible) || CardNumberDetector.ContainsCardNumber(key))
        {
            return false;
        }

        address = new EmailAddress(text, key);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    // Half a surrogate pair cannot be normalised.
    [SuppressMessage("Globalization", "CA1308:Normalize strings to uppercase", Justification = "addresses are written in lower case")]
    private static bool TryNormalise(string text, out string key)
    {
        try
        {
            key = text.Normalize(NormalizationForm.FormKC).ToLowerInvariant().Trim();
            return true;
        }
        catch (ArgumentException)
        {
            key = "";
            return false;
        }
    }

    // What cannot be seen could make two addresses look like one; brackets and commas stand between addresses, not in them.
    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
        && rune.Value is not ('<' or '>' or ',' or ';');
}
