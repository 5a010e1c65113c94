using Dapper;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Storage;
using Dojo.Pci.Tokenization.Storage.Postgres;
using Npgsql;

namespace Dojo.Pci.Tests.Unit.Storage;

/// <summary>The PostgreSQL schema, on a server of the tests.</summary>
[Trait("Engine", "Postgres")]
[Trait("Length", "Long")]
public sealed class PostgresSchemaTests : IDisposable
{
    private readonly string _target = PostgresServer.Shared.CreateEmptyDatabase();
    private readonly NpgsqlConnection _connection;

    public PostgresSchemaTests()
    {
        _connection = new NpgsqlConnection(_target);
        _connection.Open();
    }

    public void Dispose()
    {
        _connection.Dispose();
        PostgresServer.Shared.DropDatabase(_target);
    }

    [Fact]
    public void Both_engines_have_the_same_tables_columns_and_indexes()
    {
        PostgresSchema.Migrate(_connection);
        using var sqlite = EmptySqlite.Open();

        // SQLite has one node and one table for the request log. Its derived tables correspond to views over the tokens on PostgreSQL, with the same columns.
        string[] own = ["schema_migrations", "nodes", "leases", "node_messages"];
        string[] behind = [.. _connection.Query<string>("SELECT table_name FROM information_schema.views WHERE table_schema = 'public'")];
        var columns = _connection.Query<(string Table, string Column, bool IsNullable)>(
            "SELECT table_name, column_name, is_nullable = 'YES' FROM information_schema.columns WHERE table_schema = 'public' AND is_generated = 'NEVER' AND table_name NOT LIKE 'request_logs!_%' ESCAPE '!'")
            .Where(column => !own.Contains(column.Table)).ToList();
        var ofSqlite = sqlite.Query<(string Table, string Column, bool IsNullable)>("""
            SELECT t.name, c.name, NOT c."notnull" FROM sqlite_schema t JOIN pragma_table_info(t.name) c WHERE t.type IN ('table', 'view') AND t.name NOT LIKE 'sqlite%'
            """).Where(column => !own.Contains(column.Table)).ToList();
        columns.Where(column => !behind.Contains(column.Table)).ShouldBe(ofSqlite.Where(column => !behind.Contains(column.Table)), ignoreOrder: true);
        columns.Where(column => behind.Contains(column.Table) && column is not ("unindexed_tokens", "folded_reference" or "card", _)).Select(column => (column.Table, column.Column))
            .ShouldBe(ofSqlite.Where(column => behind.Contains(column.Table)).Select(column => (column.Table, column.Column)), ignoreOrder: true);
        _connection.Query<string>("SELECT indexname FROM pg_indexes WHERE schemaname = 'public' AND (indexname LIKE 'ix%' OR indexname LIKE 'ux%')")
            .ShouldBe(
                sqlite.Query<string>("SELECT name FROM sqlite_schema WHERE type = 'index' AND name NOT LIKE 'sqlite%' AND tbl_name <> 'token_index'")
                    .Concat(new[] { "created", "status", "scheme", "last_four", "reference", "due", "card" }.Select(name => $"ix_setup_intents_{name}")),
                ignoreOrder: true);
    }

    [Fact]
    public void Text_is_folded_as_by_the_program_letter_by_letter()
    {
        PostgresSchema.Migrate(_connection);

        // Above the first two planes no letter has cases or accents, except where the program says so.
        var texts = Enumerable.Range(1, 0x10FFFF).Where(value => System.Text.Rune.IsValid(value) && (value < 0x20000 || IsFolded(value))).Chunk(64)
            .Select(letters => string.Concat(letters.Select(letter => new System.Text.Rune(letter).ToString()))).ToArray();

        var folded = _connection.Query<string>("SELECT fold(text) FROM unnest(@texts) WITH ORDINALITY AS all_texts (text, place) ORDER BY place", new { texts }).AsList();

        folded.ShouldBe(texts.Select(FoldedText.Of));

        static bool IsFolded(int value) => new System.Text.Rune(value).ToString() is var text && FoldedText.Of(text) != text;
    }

    [Fact]
    public async Task Programs_that_start_at_once_migrate_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            using var connection = new NpgsqlConnection(_target);
            connection.Open();
            PostgresSchema.Migrate(connection);
        }, TestContext.Current.CancellationToken)));

        _connection.Query<long>("SELECT version FROM schema_migrations ORDER BY version").ShouldBe(PostgresSchema.Scripts.Select(script => (long)script.Version));
        PostgresSchema.FindFaults(_connection).ShouldBeEmpty();
    }

    [Fact]
    public void A_database_of_a_newer_program_is_refused_and_left_as_it_is()
    {
        PostgresSchema.Migrate(_connection);
        _connection.Execute("INSERT INTO schema_migrations (version, name) VALUES (999, 'V999__future')");

        Should.Throw<StartRefusedException>(() => PostgresSchema.Migrate(_connection)).Message.ShouldContain("schema version 999");
        Should.Throw<StartRefusedException>(() => PostgresSchema.Verify(_connection)).Message.ShouldContain("schema version 999");
    }

    [Fact]
    public void A_database_that_is_none_of_ours_is_not_inspected() =>
        Should.Throw<StartRefusedException>(() => PostgresSchema.Verify(_connection)).Message.ShouldContain("The database does not belong to this program.");

    [Theory]
    [InlineData("ALTER TABLE audit_entries DISABLE TRIGGER audit_entries_no_change", "The trigger audit_entries_no_change is missing or was changed.")]
    [InlineData("DROP TRIGGER setup_intent_events_no_delete ON setup_intent_events", "The trigger setup_intent_events_no_delete is missing or was changed.")]
    [InlineData("CREATE OR REPLACE FUNCTION audit_entries_append() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'", "The trigger audit_entries_append is missing or was changed.")]
    [InlineData("CREATE TRIGGER reopens AFTER UPDATE ON setup_intents FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('x')", "There is a trigger that does not belong to this program.")]
    public void A_trigger_that_is_not_as_it_was_made_is_found(string change, string fault)
    {
        PostgresSchema.Migrate(_connection);

        _connection.Execute(change);

        PostgresSchema.FindFaults(_connection).ShouldBe([fault]);
    }
}
