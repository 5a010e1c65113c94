using System.Collections.Frozen;
using System.Text;

namespace Dojo.Pci.Tokenization.Accounts;

/// <summary>
/// Writes letters of European alphabets with the letters a to z, as people do in addresses: <c>Zürich Straße</c> becomes
/// <c>zurich strasse</c>, <c>Łódź</c> <c>lodz</c>, <c>Αθήνα</c> <c>athina</c>. A table of its own: the program runs without ICU
/// (InvariantGlobalization), where the framework takes no letter apart.
/// </summary>
internal static class LatinLetters
{
    // A letter of a to z, or several, then all that is written so.
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

    /// <summary>The text in small letters, with a to z for every letter that is known. Other characters stay; accents written apart go.</summary>
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

    // U+0300 to U+036F: what a letter and its accent fall into when they are written as two characters.
    private static bool IsAccent(char character) => character is >= '\u0300' and <= '\u036F';
}
