using System.Globalization;
using System.Text;

namespace Dojo.Pci.Tokenization.Storage.Postgres;

/// <summary>The SQL function <see cref="SqlFunctions.Fold"/>, made of <see cref="FoldedText"/>: the same letters fold to the same, for every letter there is.</summary>
internal static class PostgresFold
{
    /// <summary>Creates the function, or replaces it; run with each migration.</summary>
    public static string CreateSql()
    {
        var (from, to) = Letters();
        return $"""
            CREATE OR REPLACE FUNCTION {SqlFunctions.Fold}(folded text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $fold$
                SELECT CASE WHEN octet_length(folded) = char_length(folded) THEN lower(folded COLLATE "C")
                            ELSE COALESCE(NULLIF(translate(folded, '{from}', '{to}'), ''), folded)
                       END
            $fold$
            """;
    }

    // translate() takes each letter of the first text for the one at its place in the second, and leaves out those that have none there.
    private static (string From, string To) Letters()
    {
        var (changed, targets, dropped) = (new StringBuilder(), new StringBuilder(), new StringBuilder());
        for (var value = 1; value <= 0x10FFFF; value++)
        {
            if (!Rune.TryCreate(value, out var rune))
            {
                continue;
            }

            var letter = rune.ToString();
            if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark)
            {
                dropped.Append(letter);
            }
            else if (FoldedText.Of(letter) is var folded && folded != letter)
            {
                changed.Append(letter);
                targets.Append(folded);
            }
        }

        return ($"{changed}{dropped}", targets.ToString());
    }
}
