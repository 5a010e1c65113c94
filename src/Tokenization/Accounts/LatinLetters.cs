using System.Collections.Frozen;
using System.Text;

namespace Dojo.Pci.Tokenization.Accounts;

/// <summary>
/// Transliterates European alphabets to the letters a to z, as is usual in URLs: <c>Zürich Straße</c> becomes <c>zurich strasse</c>,
/// <c>Łódź</c> <c>lodz</c>, <c>Αθήνα</c> <c>athina</c>. It has its own table because the program runs without ICU
/// (InvariantGlobalization), where the framework does not decompose letters.
/// </summary>
internal static class LatinLetters
{
    // In each entry, one or more letters from a to z, then a space and the letters that they replace.
    private static readonly string[] s_table =
    [
        "a àáâãäåāăąǎǻạảấầẩẫậắằẳẵặαάа", "ae æǽ", "b бβ", "c çćĉċč", "ch чχћ", "d ďđðдδђ", "dz ѕ", "dzh џ", "e èéêëēĕėęěẹẻẽếềểễệεέеёэє", "f фφ", "g ĝğġģǧгґγѓ", "h ĥħхһ",
        "i İìíîïĩīĭįıǐỉịηήιίϊΐиіѝ", "j ĵйјǰ", "k ķĸкκќ", "l ĺļľŀłлλ", "lj љ", "m мμ", "n ñńņňŉŋнν", "nj њ", "o òóôõöøōŏőơǒǿọỏốồổỗộớờởỡợοόωώо", "oe œ", "p пπ",
        "ps ψ", "r ŕŗřрρ", "s śŝşšșсσς", "sh ш", "shch щ", "ss ßẞ", "t ţťŧțтτ", "th þθ", "ts ц", "u ùúûüũūŭůűųưǔǖǘǚǜụủứừửữựуў", "v в", "w ŵẁẃẅ", "x ξ",
        "y ýÿŷỳỵỷỹυύϋΰы", "yi ї", "yu ю", "ya я", "z źżžзζ", "zh ж", " ъь",
    ];

    private static readonly FrozenDictionary<char, string> s_letters = s_table
        .SelectMany(row => row[(row.IndexOf(' ', StringComparison.Ordinal) + 1)..].Select(letter => (Letter: letter, Latin: row[..row.IndexOf(' ', StringComparison.Ordinal)])))
        .DistinctBy(entry => entry.Letter).ToFrozenDictionary(entry => entry.Letter, entry => entry.Latin);

    /// <summary>Returns the text in lower case, with each known letter transliterated. Combining accents are dropped; other characters stay.</summary>
    public static string Of(string text)
    {
        var latin = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            var small = char.ToLowerInvariant(character);
            if (s_letters.TryGetValue(small, out var letters))
            {
                latin.Append(letters);
            }
            else if (!IsAccent(small))
            {
                latin.Append(small);
            }
        }

        return latin.ToString();
    }

    // U+0300 to U+036F: combining accents, which follow their letter as a second character.
    private static bool IsAccent(char character) => character is >= '\u0300' and <= '\u036F';
}
