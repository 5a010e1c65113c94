using Dapper;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Storage;
using Dojo.Pci.Tokenization.Storage.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Dojo.Pci.Tests.Unit.Storage;

/// <summary>PostgreSQL databases as earlier versions left them.</summary>
[Trait("Engine", "Postgres")]
[Trait("Length", "Long")]
public sealed class PostgresUpgradesTests : IDisposable
{
    private const long Day = 86_400_000_000;

    private readonly string _target = PostgresServer.Shared.CreateEmptyDatabase();
    private readonly NpgsqlConnection _connection;

    public PostgresUpgradesTests()
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
    public async Task An_upgrade_is_refused_to_those_who_serve_and_made_by_the_migrators_for_all()
    {
        MigrateUpTo(6);
        new PostgresRoles(OptionsOf(null)).Make();
        foreach (var role in new[] { "app", "migrator" })
        {
            _connection.Execute($"DO $$ BEGIN CREATE USER tests_{role} IN ROLE dojo_pci_{role}; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
        }

        await using (var serving = DatabaseOf("tests_app"))
        {
            Should.Throw<StartRefusedException>(() => serving.Open(VaultUse.Serving)).Message.ShouldEndWith("This user may not create tables: run migrate as a member of dojo_pci_migrator first.");
        }

        await using (var migrating = DatabaseOf("tests_migrator"))
        {
            migrating.Open(VaultUse.Administration);
        }

        await using var database = DatabaseOf("tests_app");
        database.Open(VaultUse.Serving);
        (await database.WriteAsync(connection => connection.ExecuteScalar<long>("SELECT request_logs_keep_days(0, 0)"))).ShouldBe(3, "what the migrators made for those who serve");
        _connection.Query<string>("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'").ShouldBe(["dojo_pci_migrator"]);
    }

    [Fact]
    public void What_an_upgrade_makes_is_held_to_the_scope_where_all_else_is()
    {
        MigrateUpTo(8);
        InsertTokens();
        new PostgresRoles(OptionsOf(null)).Make();
        _connection.Execute("DO $$ BEGIN CREATE USER tests_migrator IN ROLE dojo_pci_migrator; EXCEPTION WHEN duplicate_object THEN NULL; END $$");

        using (var migrator = new NpgsqlConnection(OptionsOf("tests_migrator").Value.ConnectionString))
        {
            migrator.Open();
            PostgresSchema.Migrate(migrator);
        }

        _connection.ExecuteScalar<long>("SELECT SUM(tokens) FROM token_counts").ShouldBe(4, "which the owner sees, who is held too");
        _connection.ExecuteScalar<bool>("SELECT relrowsecurity AND relforcerowsecurity FROM pg_class WHERE relname = 'request_logs'").ShouldBeTrue();
        PostgresSchema.FindFaults(_connection).ShouldBeEmpty();
    }

    [Fact]
    public void A_request_log_of_before_is_kept_with_its_numbers_and_dropped_when_its_newest_day_is_past()
    {
        MigrateUpTo(8);
        Insert(at: (7 * Day) + 1);
        Insert(at: 9 * Day);
        Insert(at: 8 * Day);
        _connection.Execute("DELETE FROM request_logs WHERE id = 3");

        PostgresSchema.Migrate(_connection);

        Insert(at: 9 * Day);
        Insert(at: 10 * Day);
        _connection.Query<(long, string)>("SELECT id, tableoid::regclass::text FROM request_logs ORDER BY id")
            .ShouldBe([(1, "request_logs_before"), (2, "request_logs_before"), (4, "request_logs_before"), (5, "request_logs_rest")]);
        PostgresSchema.FindFaults(_connection).ShouldBeEmpty();
        KeepAfter((10 * Day) - 1).ShouldBe(4);
        KeepAfter(10 * Day).ShouldBe(1);
    }

    [Fact]
    public void A_node_of_before_goes_on_with_the_statements_that_it_has_prepared()
    {
        MigrateUpTo(8);
        using var before = new NpgsqlConnection(_target);
        before.Open();
        using var insert = new NpgsqlCommand(
            "INSERT INTO request_logs (account_id, location_id, environment, at, duration, method, route, status, trace_id) SELECT 1, 1, 0, c1, 1, 'GET', '/setup-intents', 200, '' FROM unnest($1::bigint[]) AS rows (c1)",
            before) { Parameters = { new NpgsqlParameter<long[]> { TypedValue = [8 * Day] } } };
        using var add = new NpgsqlCommand("INSERT INTO setup_intent_events (setup_intent_id, position, type, at, actor) VALUES ($1, $2, 'Created', 1, 'key:1')", before)
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = 1 }, new NpgsqlParameter<long> { TypedValue = 0 } },
        };
        _connection.Execute("INSERT INTO accounts (name, created_at) VALUES ('Account', 1); INSERT INTO locations (account_id, name, slug, created_at) VALUES (1, 'Location', 'location', 1)");
        _connection.Execute("INSERT INTO setup_intents (account_id, location_id, environment, status, created_at, updated_at, reference) VALUES (1, 1, 0, 'Created', 1, 1, 'Booking 1')");
        foreach (var statement in new[] { insert, add })
        {
            statement.Prepare();
            statement.ExecuteNonQuery().ShouldBe(1);
        }

        PostgresSchema.Migrate(_connection);

        insert.ExecuteNonQuery().ShouldBe(1);
        _connection.ExecuteScalar<long>("SELECT COUNT(*) FROM request_logs").ShouldBe(2);
        add.Parameters[1].Value = 2L;
        Should.Throw<PostgresException>(() => add.ExecuteNonQuery()).MessageText.ShouldBe("a history is not changed", "one is left out");
        add.Parameters[1].Value = 1L;
        add.ExecuteNonQuery().ShouldBe(1);
    }

    [Fact]
    public void Tokens_of_before_are_found_counted_and_grouped_by_their_cards_as_new_ones_are()
    {
        MigrateUpTo(9);
        InsertTokens();
        _connection.Execute("INSERT INTO token_counts VALUES (1, 0, 4711, 'Created', 1, 99); INSERT INTO duplicate_cards VALUES (1, 0, '\\x03', 9)");

        PostgresSchema.Migrate(_connection);

        Figures().ShouldBe(["0 Authorized 1", "0 Created 1", "0 Declined 1", "1 Created 1"]);
        _connection.Query<string>("SELECT encode(card, 'hex') || ' ' || newest_id FROM duplicate_cards").ShouldBe(["01020304050607080910111213141516 4"]);
        _connection.Query<string>("SELECT folded_reference FROM token_index WHERE location_id = 1 AND environment = 0 ORDER BY created_at").ShouldBe(["zurich 1", "zurich 2", "zurich 3", "zurich 4"]);
        PostgresSchema.FindFaults(_connection).ShouldBeEmpty();

        _connection.Execute("INSERT INTO setup_intent_events (setup_intent_id, position, type, at, actor) VALUES (3, 2, 'Authorized', 1, 'key:1'), (1, 1, 'Closed', 1, 'key:1')");
        Figures().ShouldBe(["0 Authorized 2", "0 Created 1", "1 Created 1"], "the last answer counts");
        _connection.Execute("UPDATE setup_intents SET card_fingerprint = NULL WHERE id = 4");
        _connection.ExecuteScalar<long>("SELECT COUNT(*) FROM duplicate_cards").ShouldBe(0);

        IEnumerable<string> Figures() => _connection.Query<string>("SELECT hour || ' ' || outcome || ' ' || tokens FROM token_counts WHERE tokens <> 0 ORDER BY 1");
    }

    [Fact]
    public void A_node_of_before_finds_nothing_to_write_behind_and_harms_no_token()
    {
        MigrateUpTo(9);
        InsertTokens();

        PostgresSchema.Migrate(_connection);

        _connection.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM token_changes) OR (SELECT MAX(id) FROM setup_intents) > (SELECT indexed_up_to FROM token_index_progress)").ShouldBeFalse();
        _connection.ExecuteScalar<bool>("SELECT grouped_up_to < indexed_up_to FROM token_index_progress").ShouldBeFalse();
        _connection.Query<long>("""
            SELECT setup_intent_id
              FROM token_index
             WHERE location_id = 1 AND environment = 0 AND card_last_four = '1111' AND card_scheme IN (SELECT card_scheme FROM token_schemes WHERE location_id = 1 AND environment = 0)
               AND segment IN (SELECT MAX(segment) FROM token_index WHERE location_id = 1 AND environment = 0) AND setup_intent_id NOT IN (SELECT setup_intent_id FROM token_changes)
             ORDER BY created_at DESC
            """).ShouldBe([4, 2]);
        _connection.Execute("SET session_replication_role = replica; DELETE FROM setup_intent_events; SET session_replication_role = origin"); // an event would keep its token from being deleted
        _connection.Execute("DELETE FROM token_index WHERE location_id = 1; DELETE FROM token_changes; DELETE FROM token_segments; DELETE FROM token_schemes; DELETE FROM card_tokens; UPDATE token_index SET status = 'Closed'");
        _connection.ExecuteScalar<long>("SELECT COUNT(*) FROM setup_intents WHERE status <> 'Closed'").ShouldBe(4);
        _connection.ExecuteScalar<long>("SELECT COUNT(*) FROM unindexed_tokens").ShouldBe(0);
    }

    // Two tokens of one card; one authorized, one declined, and one of the next hour.
    private void InsertTokens() => _connection.Execute("""
        INSERT INTO accounts (name, created_at) VALUES ('Account', 1);
        INSERT INTO locations (account_id, name, slug, created_at) VALUES (1, 'Location', 'location', 1);
        INSERT INTO setup_intents (id, account_id, location_id, environment, status, created_at, updated_at, reference, card_scheme, card_last_four, card_fingerprint) VALUES
            (1, 1, 1, 0, 'Created', 1, 1, 'Zürich 1', NULL, NULL, NULL),
            (2, 1, 1, 0, 'Authorized', 2, 2, 'Zürich 2', 'Visa', '1111', '\x010203040506070809101112131415161718'),
            (3, 1, 1, 0, 'Created', 3, 3, 'Zürich 3', 'Visa', '0005', '\x02'),
            (4, 1, 1, 0, 'Created', 3600000000, 4, 'Zürich 4', 'Visa', '1111', '\x010203040506070809101112131415161718');
        INSERT INTO setup_intent_events (setup_intent_id, position, type, at, actor) VALUES
            (1, 0, 'Created', 1, 'key:1'), (2, 0, 'Created', 2, 'key:1'), (2, 1, 'Authorized', 2, 'key:1'), (3, 0, 'Created', 3, 'key:1'), (3, 1, 'Declined', 3, 'key:1'), (4, 0, 'Created', 4, 'key:1');
        """);

    private void Insert(long at) => _connection.Execute(
        "INSERT INTO request_logs (account_id, location_id, environment, at, duration, method, route, status, trace_id) VALUES (1, 1, 0, @at, 1, 'GET', '/setup-intents', 200, '')", new { at });

    private long KeepAfter(long before)
    {
        _connection.Execute("SELECT request_logs_keep_days(@today, @before)", new { today = 40 * Day, before });
        return _connection.ExecuteScalar<long>("SELECT COUNT(*) FROM request_logs");
    }

    private void MigrateUpTo(int version)
    {
        _connection.Execute("CREATE TABLE schema_migrations (version bigint NOT NULL PRIMARY KEY, name text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())");
        _connection.Execute(PostgresFold.CreateSql());
        foreach (var script in PostgresSchema.Scripts.Where(script => script.Version <= version))
        {
            using var command = new NpgsqlCommand(script.Sql, _connection);
            command.ExecuteNonQuery();
            _connection.Execute("INSERT INTO schema_migrations (version, name) VALUES (@Version, @Name)", script);
        }
    }

    private PostgresDatabase DatabaseOf(string user) => new(OptionsOf(user), TimeProvider.System, NullLogger<PostgresDatabase>.Instance);

    private IOptions<StorageOptions> OptionsOf(string? user)
    {
        var target = new NpgsqlConnectionStringBuilder(_target);
        target.Username = user ?? target.Username;
        return Options.Create(new StorageOptions { Provider = StorageProvider.Postgres, ConnectionString = target.ToString() });
    }
}
