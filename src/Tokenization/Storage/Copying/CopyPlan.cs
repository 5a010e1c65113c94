using Dapper;
using Dojo.Pci.Tokenization.Storage.Migrations;
using Microsoft.Data.Sqlite;

namespace Dojo.Pci.Tokenization.Storage.Copying;

/// <summary>
/// All tables of this program except derived ones, each after the tables that it refers to. The plan is read from the schema that the scripts create, so
/// no table can be forgotten; both engines have the same tables.
/// </summary>
internal static class CopyPlan
{
    // Not copied: each database has its own.
    private const string Journal = "schema_migrations";

    // The tables that index and count tokens are not copied: PostgreSQL writes them with each commit, SQLite writes them later, once the database is served.
    private const string OfTheIndex = "'token_index', 'token_index_progress', 'token_changes', 'token_segments', 'token_schemes', 'token_counts', 'card_tokens', 'duplicate_cards'";

    private const string TablesSql = $"SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT IN ('{Journal}', {OfTheIndex}) ORDER BY name";

    private const string ColumnsSql = "SELECT name AS Name, type AS Type, pk AS Place FROM pragma_table_info(@table)";

    private const string ReferencesSql = """SELECT DISTINCT "table" FROM pragma_foreign_key_list(@table)""";

    /// <summary>
    /// Tables in which a migration inserts a row. The row is deleted before the copy begins, and the source's row takes its place.
    /// </summary>
    public static IReadOnlySet<string> Seeded { get; } = new HashSet<string>(StringComparer.Ordinal) { "attempts_of_nobody" };

    /// <summary>Creates the plan from the schema.</summary>
    public static IReadOnlyList<CopiedTable> OfSchema()
    {
        using var schema = new SqliteConnection("Data Source=:memory:");
        schema.Open();
        schema.CreateFunction<string, string>(SqlFunctions.Fold, FoldedText.Of, isDeterministic: true);
        SchemaMigrator.Migrate(schema);
        var references = schema.Query<string>(TablesSql).ToDictionary(
            table => table, table => schema.Query<string>(ReferencesSql, new { table }).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);

        return [.. Ordered(references).Select(table => TableOf(schema, table, references[table].Contains(table)))];
    }

    private static List<string> Ordered(Dictionary<string, HashSet<string>> references)
    {
        var ordered = new List<string>();
        while (ordered.Count < references.Count)
        {
            ordered.AddRange(references.Keys.Except(ordered, StringComparer.Ordinal).Where(table => references[table].All(other => other == table || ordered.Contains(other))).ToList() is { Count: > 0 } next
                ? next
                : throw new InvalidOperationException("Tables refer to each other in a circle."));
        }

        return ordered;
    }

    private static CopiedTable TableOf(SqliteConnection schema, string table, bool refersToItself)
    {
        var columns = schema.Query<(string Name, string Type, int Place)>(ColumnsSql, new { table }).ToList();
        return new CopiedTable(
            table,
            [.. columns.Select(column => new CopiedColumn(column.Name, ValueOf(column.Type)))],
            [.. columns.Where(column => column.Place > 0).OrderBy(column => column.Place).Select(column => column.Name)],
            refersToItself);
    }

    private static CopiedValue ValueOf(string type) => type switch
    {
        "INTEGER" => CopiedValue.Number,
        "TEXT" => CopiedValue.Text,
        "BLOB" => CopiedValue.Bytes,
        _ => throw new InvalidOperationException($"Columns of the type {type} are not copied."),
    };
}
