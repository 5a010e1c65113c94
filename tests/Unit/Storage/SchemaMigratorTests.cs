using Dapper;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Storage.Migrations;
using Microsoft.Data.Sqlite;

namespace Dojo.Pci.Tests.Unit.Storage;

[Trait("Engine", "Sqlite")]
public sealed class SchemaMigratorTests : IDisposable
{
    private readonly SqliteConnection _connection = new("Data Source=:memory:");

    public SchemaMigratorTests() => _connection.Open();

    public void Dispose() => _connection.Dispose();

    [Fact]
    public void Scripts_are_applied_in_the_order_of_their_numbers_and_recorded()
    {
        SchemaMigrator.Migrate(_connection, [new(2, "V002__rows", "INSERT INTO t VALUES (2)"), new(1, "V001__t", "CREATE TABLE t (v INTEGER)")]);

        _connection.ExecuteScalar<int>("SELECT v FROM t").ShouldBe(2);
        _connection.Query<string>("SELECT name FROM schema_migrations ORDER BY version").ShouldBe(["V001__t", "V002__rows"]);
    }

    [Fact]
    public void Migrating_again_changes_nothing()
    {
        SchemaMigrator.Migrate(_connection);
        var before = Schema();
        SchemaMigrator.Migrate(_connection);

        Schema().ShouldBe(before);
        Has("setup_intents").ShouldBeTrue();
    }

    [Fact]
    public void A_script_that_fails_leaves_nothing_behind_and_the_ones_before_it_stand()
    {
        MigrationScript[] scripts = [new(1, "V001__one", "CREATE TABLE one (v INTEGER)"), new(2, "V002__two", "CREATE TABLE two (v INTEGER); INSERT INTO nowhere VALUES (1)")];

        Should.Throw<SqliteException>(() => SchemaMigrator.Migrate(_connection, scripts));

        Has("one").ShouldBeTrue();
        Has("two").ShouldBeFalse();
        _connection.ExecuteScalar<int>("SELECT MAX(version) FROM schema_migrations").ShouldBe(1);
    }

    [Fact]
    public void A_mended_script_goes_on_where_the_failed_one_stopped()
    {
        MigrationScript first = new(1, "V001__one", "CREATE TABLE one (v INTEGER)");
        Should.Throw<SqliteException>(() => SchemaMigrator.Migrate(_connection, [first, new(2, "V002__two", "not SQL at all")]));

        SchemaMigrator.Migrate(_connection, [first, new(2, "V002__two", "CREATE TABLE two (v INTEGER)")]);

        Has("two").ShouldBeTrue();
    }

    [Fact]
    public async Task A_database_that_is_newer_than_the_program_refuses_the_start_and_stays_as_it_is()
    {
        using var directory = new VaultDirectory();
        await (await TestVault.OpenAsync(directory)).DisposeAsync();
        directory.Execute("INSERT INTO schema_migrations (version, name) VALUES (999, 'V999__later')");

        var refusal = await Should.ThrowAsync<StartRefusedException>(async () => await (await TestVault.OpenAsync(directory)).DisposeAsync());

        refusal.Faults.ShouldHaveSingleItem().ShouldStartWith("The database has schema version 999; this program knows versions up to");
    }

    [Fact]
    public void The_schemes_of_tokens_that_were_indexed_before_are_known_after_an_upgrade()
    {
        SchemaMigrator.Migrate(_connection, [.. SchemaMigrator.Scripts.Where(script => script.Version <= 10)]);
        _connection.Execute("""
            INSERT INTO token_index VALUES
                (1, 0, 10, 100, 1, 'Authorized', 'Authorized', 'Visa', '1111', 'A', NULL, 0), (1, 0, 11, 101, 1, 'Authorized', 'Authorized', 'Visa', '4242', 'B', NULL, 0),
                (2, 1, 12, 102, 1, 'Created', 'Created', NULL, NULL, 'C', NULL, 0), (2, 1, 13, 103, 1, 'Created', 'Created', 'Amex', '0005', 'D', NULL, 0)
            """);

        SchemaMigrator.Migrate(_connection);

        _connection.Query<string>("SELECT location_id || ' ' || environment || ' ' || card_scheme FROM token_schemes ORDER BY 1").ShouldBe(["1 0 Visa", "2 1 Amex"]);
    }

    [Fact]
    public void Payments_of_before_are_kept_with_their_history_and_know_what_was_taken_after_an_upgrade()
    {
        _connection.Execute("PRAGMA foreign_keys = ON");
        SchemaMigrator.Migrate(_connection, [.. SchemaMigrator.Scripts.Where(script => script.Version < 17)]);
        _connection.Execute("""
            PRAGMA foreign_keys = OFF;
            INSERT INTO payment_intents (id, account_id, location_id, environment, setup_intent_id, status, amount, currency, reference, created_at, updated_at, expire_at) VALUES
                (7, 1, 1, 0, 3, 'Captured', 1999, 'GBP', 'a', 1, 2, 9), (8, 1, 1, 0, 3, 'Created', 5, 'EUR', 'b', 1, 2, 9);
            INSERT INTO payment_intent_events (payment_intent_id, position, type, at, actor, cause, transaction_id) VALUES
                (7, 0, 'Created', 1, 'key:1', 'c', NULL), (7, 1, 'Captured', 2, 'issuer', 'c', 't-1'), (8, 0, 'Created', 1, 'key:1', 'c', NULL);
            """);
        _connection.Execute("PRAGMA foreign_keys = ON");

        // The owners of the rows do not exist in this test, so it checks only the references to the table itself.
        SchemaMigrator.Migrate(_connection, [.. SchemaMigrator.Scripts.Select(script => script.Version == 17 ? script with { Sql = WithoutOwners(script.Sql) } : script)]);

        _connection.Query<string>("SELECT id || ' ' || authorized_amount || ' ' || captured_amount || ' ' || COALESCE(transaction_id, '-') FROM payment_intents ORDER BY id")
            .ShouldBe(["7 1999 1999 t-1", "8 0 0 -"]);
        _connection.Query<string>("SELECT \"table\" FROM pragma_foreign_key_check()").ShouldBeEmpty();
        _connection.Query<string>("SELECT payment_intent_id || ' ' || type || ' ' || COALESCE(amount, '-') FROM payment_intent_events ORDER BY 1").ShouldBe(["7 Captured 1999", "7 Created -", "8 Created -"]);

        static string WithoutOwners(string sql) => sql
            .Replace("REFERENCES accounts (id)", "", StringComparison.Ordinal)
            .Replace("REFERENCES locations (id)", "", StringComparison.Ordinal)
            .Replace("REFERENCES setup_intents (id)", "", StringComparison.Ordinal);
    }

    [Fact]
    public void Sandbox_keys_that_could_move_the_clock_still_can_after_an_upgrade_and_can_do_the_rest_of_the_sandbox_and_no_others()
    {
        SchemaMigrator.Migrate(_connection, [.. SchemaMigrator.Scripts.Where(script => script.Version < 14)]);
        _connection.Execute("""
            INSERT INTO accounts (id, name, created_at) VALUES (1, 'A', 0);
            INSERT INTO locations (id, account_id, name, created_at) VALUES (1, 1, 'L', 0);
            INSERT INTO api_keys (id, account_id, location_id, environment, name, hash, last_four, scopes, allowed_networks, created_at) VALUES
                (1, 1, 1, 0, 'all', x'01', 'aaaa', 7, '', 0), (2, 1, 1, 0, 'reads', x'02', 'bbbb', 2, '', 0),
                (3, 1, 1, 0, 'tokenizes', x'03', 'cccc', 1, '', 0), (4, 1, 1, 1, 'production', x'04', 'dddd', 7, '', 0)
            """);

        SchemaMigrator.Migrate(_connection);

        _connection.Query<long>("SELECT scopes FROM api_keys ORDER BY id").ShouldBe([47, 2, 41, 7]);
    }

    [Fact]
    public void The_index_of_tokens_is_marked_to_be_built_anew_by_an_upgrade_that_folds_it()
    {
        SchemaMigrator.Migrate(_connection, [.. SchemaMigrator.Scripts.Where(script => script.Version < 14)]);
        _connection.Execute("UPDATE token_index_progress SET indexed_up_to = 9, indexing_up_to = 9, at_id = 3");

        SchemaMigrator.Migrate(_connection);

        _connection.Query<string>("SELECT indexed_up_to || ' ' || indexing_up_to || ' ' || at_id FROM token_index_progress").ShouldBe(["0 0 0"]);
    }

    private bool Has(string table) => _connection.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = @table)", new { table });

    private List<string> Schema() => [.. _connection.Query<string>("SELECT name FROM sqlite_schema ORDER BY name")];
}
