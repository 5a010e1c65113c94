using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Dojo.Pci.Portal.Authentication.SigningIn;

/// <summary>
/// Normalization form KC (Unicode Standard Annex 15), which makes texts that look and mean the same identical. .NET's own
/// <c>string.Normalize</c> changes nothing here, because the program runs without ICU (<c>InvariantGlobalization</c>). The tables are
/// those of Unicode 15.0; later versions do not change the result for characters that it defines.
/// </summary>
internal static class Nfkc
{
    private const int SyllableBase = 0xAC00;
    private const int LeadBase = 0x1100;
    private const int VowelBase = 0x1161;
    private const int TrailBase = 0x11A7;
    private const int LeadCount = 19;
    private const int VowelCount = 21;
    private const int TrailCount = 28;
    private const int SyllableCount = LeadCount * VowelCount * TrailCount;

    private static readonly Lazy<Tables> s_tables = new(Tables.Read);

    /// <summary>Returns the text in form KC. A lone surrogate becomes U+FFFD.</summary>
    public static string Normalize(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        var decomposed = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            Decompose(rune.Value, decomposed);
        }

        Order(decomposed);
        return Compose(decomposed);
    }

    private static void Decompose(int character, List<int> into)
    {
        var syllable = character - SyllableBase;
        if (syllable is >= 0 and < SyllableCount)
        {
            into.Add(LeadBase + (syllable / (VowelCount * TrailCount)));
            into.Add(VowelBase + (syllable % (VowelCount * TrailCount) / TrailCount));
            if (syllable % TrailCount > 0)
            {
                into.Add(TrailBase + (syllable % TrailCount));
            }
        }
        else if (s_tables.Value.Decompositions.TryGetValue(character, out var text))
        {
            into.AddRange(text);
        }
        else
        {
            into.Add(character);
        }
    }

    // Sorts consecutive marks by class; marks of the same class keep their order.
    private static void Order(List<int> text)
    {
        for (var start = 0; start < text.Count; start++)
        {
            var end = start;
            while (end < text.Count && ClassOf(text[end]) > 0)
            {
                end++;
            }

            if (end - start > 1)
            {
                var sorted = text.GetRange(start, end - start).OrderBy(ClassOf).ToList();
                text.RemoveRange(start, end - start);
                text.InsertRange(start, sorted);
            }

            start = end;
        }
    }

    private static string Compose(List<int> text)
    {
        var composed = new List<int>(text.Count);
        var starter = -1;
        var lastClass = -1;
        foreach (var character in text)
        {
            var @class = ClassOf(character);
            if (starter >= 0 && lastClass < @class && PairOf(composed[starter], character) is { } pair)
            {
                composed[starter] = pair;
                continue;
            }

            if (@class == 0)
            {
                (starter, lastClass) = (composed.Count, -1);
            }
            else
            {
                lastClass = @class;
            }

            composed.Add(character);
        }

        var result = new StringBuilder(composed.Count);
        composed.ForEach(character => result.Append(new Rune(character).ToString()));
        return result.ToString();
    }

    private static int? PairOf(int first, int second)
    {
        if (first - LeadBase is >= 0 and < LeadCount and var lead && second - VowelBase is >= 0 and < VowelCount and var vowel)
        {
            return SyllableBase + (((lead * VowelCount) + vowel) * TrailCount);
        }

        var syllable = first - SyllableBase;
        if (syllable is >= 0 and < SyllableCount && syllable % TrailCount == 0 && second - TrailBase is > 0 and < TrailCount and var trail)
        {
            return first + trail;
        }

        return s_tables.Value.Compositions.TryGetValue((first, second), out var composed) ? composed : null;
    }

    private static int ClassOf(int character) => s_tables.Value.Classes.GetValueOrDefault(character);

    private sealed record Tables(FrozenDictionary<int, int> Classes, FrozenDictionary<int, int[]> Decompositions, FrozenDictionary<(int First, int Second), int> Compositions)
    {
        public static Tables Read()
        {
            var (classes, decompositions, compositions) = (new Dictionary<int, int>(), new Dictionary<int, int[]>(), new Dictionary<(int, int), int>());
            foreach (var fields in EmbeddedLists.ReadLines("nfkc.txt").Select(line => line.Split(' ')))
            {
                switch (fields[0])
                {
                    case "C":
                        var range = fields[1].Split("..").Select(Character).ToArray();
                        for (var character = range[0]; character <= range[1]; character++)
                        {
                            classes[character] = int.Parse(fields[2], CultureInfo.InvariantCulture);
                        }

                        break;
                    case "D":
                        decompositions[Character(fields[1])] = [.. fields[2..].Select(Character)];
                        break;
                    default:
                        compositions[(Character(fields[1]), Character(fields[2]))] = Character(fields[3]);
                        break;
                }
            }

            return new Tables(classes.ToFrozenDictionary(), decompositions.ToFrozenDictionary(), compositions.ToFrozenDictionary());
        }

        private static int Character(string hexadecimal) => int.Parse(hexadecimal, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }
}
