using System.Text.RegularExpressions;

namespace Dojo.Pci.Tokenization.Storage.Postgres;

/// <summary>
/// Says in PostgreSQL's words what the stores say in SQLite's. They speak one SQL that both engines understand; this is all of it that
/// differs: which index to go along is said to SQLite alone, whose planner knows nothing of the tables, and lists travel as JSON.
/// </summary>
internal static partial class PostgresDialect
{
    private const RegexOptions Options = RegexOptions.ExplicitCapture;

    // Long enough for any machine: the patterns are linear.
    private const int Patience = 10_000;

    /// <summary>A statement of the stores as PostgreSQL takes it. What it takes already stays as it is.</summary>
    public static string Translate(string sql)
    {
        var translated = IndexHint().Replace(sql, "");
        translated = Like().Replace(translated, "ILIKE");
        translated = OrderOfJoins().Replace(translated, "JOIN");
        translated = Place().Replace(translated, "$$${place}");

        // Not flattened (OFFSET 0): a conversion from text beside a column would keep the planner from its index where the table has a policy.
        translated = JsonList().Replace(translated, "SELECT value::bigint FROM jsonb_array_elements_text(CAST(${list} AS jsonb)) AS list (value) OFFSET 0");
        translated = JsonMember().Replace(translated, "(${json}::jsonb ->> '${member}')");
        translated = NumberIn().Replace(translated, "number_in(${text})");
        translated = EmptyList().Replace(translated, "(NULL)");
        return Bytes().Replace(translated, @"'\x${hex}'::bytea");
    }

    [GeneratedRegex(@" (INDEXED BY \w+|NOT INDEXED)\b|(?<= )\+(?=\w+ IN\b)", Options, Patience)]
    private static partial Regex IndexHint(); // a plus before a column is one too

    [GeneratedRegex(@"\bCROSS JOIN\b", Options, Patience)]
    private static partial Regex OrderOfJoins();

    // SQLite's takes no notice of the case of the letters of ASCII.
    [GeneratedRegex(@"\bLIKE\b", Options, Patience)]
    private static partial Regex Like();

    [GeneratedRegex(@"\?(?<place>\d+)", Options, Patience)]
    private static partial Regex Place();

    [GeneratedRegex(@"SELECT value FROM json_each\((?<list>@\w+|\$\d+)\)", Options, Patience)]
    private static partial Regex JsonList();

    [GeneratedRegex(@"json_extract\((?<json>\w+), '\$\.(?<member>\w+)'\)", Options, Patience)]
    private static partial Regex JsonMember();

    // SQLite makes 0 of what is no number.
    [GeneratedRegex(@"CAST\((?<text>substr\([^()]*\)) AS BIGINT\)", Options, Patience)]
    private static partial Regex NumberIn();

    // What Dapper makes of a list with nothing in it: one of texts, which cannot be compared with numbers.
    [GeneratedRegex(@"\(SELECT @\w+ WHERE 1 = 0\)", Options, Patience)]
    private static partial Regex EmptyList();

    [GeneratedRegex("x'(?<hex>[0-9a-f]*)'", Options, Patience)]
    private static partial Regex Bytes();
}
