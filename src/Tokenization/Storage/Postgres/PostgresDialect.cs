using System.Text.RegularExpressions;

namespace Dojo.Pci.Tokenization.Storage.Postgres;

/// <summary>
/// Translates the SQL of the stores from SQLite's dialect to PostgreSQL's. The stores use SQL that both engines understand, and this handles all of the
/// differences. For example, index hints apply only to SQLite, whose planner has no statistics of the tables, and lists are sent as JSON.
/// </summary>
internal static partial class PostgresDialect
{
    private const RegexOptions Options = RegexOptions.ExplicitCapture;

    // In milliseconds. Long enough for any machine: the patterns take linear time.
    private const int Patience = 10_000;

    /// <summary>Translates a statement of the stores for PostgreSQL. Statements in PostgreSQL's SQL stay unchanged.</summary>
    public static string Translate(string sql)
    {
        var translated = IndexHint().Replace(sql, "");
        translated = Like().Replace(translated, "ILIKE");
        translated = OrderOfJoins().Replace(translated, "JOIN");
        translated = Place().Replace(translated, "$$${place}");

        // OFFSET 0 prevents flattening: a conversion from text next to a column would keep the planner from using the column's index if the table has a policy.
        translated = JsonList().Replace(translated, "SELECT value::bigint FROM jsonb_array_elements_text(CAST(${list} AS jsonb)) AS list (value) OFFSET 0");
        translated = JsonMember().Replace(translated, "(${json}::jsonb ->> '${member}')");
        translated = NumberIn().Replace(translated, "number_in(${text})");
        translated = EmptyList().Replace(translated, "(NULL)");
        return Bytes().Replace(translated, @"'\x${hex}'::bytea");
    }

    [GeneratedRegex(@" (INDEXED BY \w+|NOT INDEXED)\b|(?<= )\+(?=\w+ IN\b)", Options, Patience)]
    private static partial Regex IndexHint(); // a plus before a column is a hint too

    [GeneratedRegex(@"\bCROSS JOIN\b", Options, Patience)]
    private static partial Regex OrderOfJoins();

    // SQLite's LIKE ignores the case of ASCII letters.
    [GeneratedRegex(@"\bLIKE\b", Options, Patience)]
    private static partial Regex Like();

    [GeneratedRegex(@"\?(?<place>\d+)", Options, Patience)]
    private static partial Regex Place();

    [GeneratedRegex(@"SELECT value FROM json_each\((?<list>@\w+|\$\d+)\)", Options, Patience)]
    private static partial Regex JsonList();

    [GeneratedRegex(@"json_extract\((?<json>\w+), '\$\.(?<member>\w+)'\)", Options, Patience)]
    private static partial Regex JsonMember();

    // SQLite converts text that is not a number to 0.
    [GeneratedRegex(@"CAST\((?<text>substr\([^()]*\)) AS BIGINT\)", Options, Patience)]
    private static partial Regex NumberIn();

    // Dapper's form of an empty list: a list of texts, which cannot be compared with numbers.
    [GeneratedRegex(@"\(SELECT @\w+ WHERE 1 = 0\)", Options, Patience)]
    private static partial Regex EmptyList();

    [GeneratedRegex("x'(?<hex>[0-9a-f]*)'", Options, Patience)]
    private static partial Regex Bytes();
}
