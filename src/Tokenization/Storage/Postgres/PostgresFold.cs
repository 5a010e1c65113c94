using System.Globalization;
using System.Text;

namespace Dojo.Pci.Tokenization.Storage.Postgres;

/// <summary>The SQL function <see cref="SqlFunctions.Fold"/>, generated from <see cref="FoldedText"/>, so that every letter folds to the same result in PostgreSQL as in the program.</summary>
internal static class PostgresFold
{
    /// <summary>The statement that creates or replaces the function. It runs with each migration.</summary>
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

    // translate() replaces each letter of the first text by the letter at the same position in the second, and removes letters without one.
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
