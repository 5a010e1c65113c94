using Dapper;
using Dojo.Pci.Tokenization.Copying;
using Dojo.Pci.Tokenization.Storage;
using Dojo.Pci.Tokenization.Storage.Copying;
using Dojo.Pci.Tokenization.Storage.Postgres;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Dojo.Pci.Tests.Unit.Storage;

/// <summary>A copy contains everything, and concurrent writes wait.</summary>
[Trait("Engine", "Postgres")]
[Trait("Length", "Long")]
public sealed class VaultCopyTests : VaultCopyTest
{
    [Fact]
    public void Every_row_of_every_table_comes_through_PostgreSQL_and_back_as_it_was()
    {
        Fill(Here);

        Copy(Here, CopyDirection.SqliteToPostgres).Rows.ShouldBeGreaterThan(100);
        Copy(Elsewhere, CopyDirection.PostgresToSqlite);

        using var postgres = Connect();
        postgres.ExecuteScalar<long>("SELECT SUM(tokens) FROM token_counts").ShouldBe(RowsOfEach, "what tokens are counted by is made of them");
        using var sqlite = Connect(Elsewhere);
        sqlite.ExecuteScalar<long>("SELECT COUNT(*) FROM unindexed_tokens").ShouldBe(RowsOfEach, "and will be by what serves");

        Dump(Here).Select(line => line.Table).Distinct(StringComparer.Ordinal).ShouldBe(CopyPlan.OfSchema().Select(table => table.Name), ignoreOrder: true); // a table without a row is not tested
        Dump(Elsewhere).ShouldBe(Dump(Here));
    }

    [Fact]
    public void No_table_of_PostgreSQL_is_forgotten()
    {
        using var connection = Connect();
        PostgresSchema.Migrate(connection);

        // Some data is each database's own: the scripts that ran, the nodes, and the days of the request log. Duplicate cards and figures follow from the tokens.
        CopyPlan.OfSchema().Select(table => table.Name).Concat(["schema_migrations", "nodes", "leases", "node_messages", "duplicate_cards", "token_counts"])
            .ShouldBe(connection.Query<string>("SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition"), ignoreOrder: true);
    }

    [Fact]
    public void Ids_go_on_above_those_that_were_copied()
    {
        Fill(Here);

        Copy(Here, CopyDirection.SqliteToPostgres);

        using var connection = Connect();
        connection.ExecuteScalar<long>("INSERT INTO accounts (name, created_at) VALUES ('Next', 1) RETURNING id").ShouldBe(RowsOfEach + 1);
        connection.ExecuteScalar<long>("INSERT INTO webhook_packed_events (subscription_id, first_sequence, queued_at, events) VALUES (1, 1, 0, '') RETURNING id").ShouldBe(RowsOfEach + 1);
    }

    [Fact]
    public void A_database_with_roles_takes_a_copy_from_its_owner_and_holds_everyone_to_its_policies_afterwards()
    {
        Fill(Here);
        using var connection = Connect();
        PostgresSchema.Migrate(connection);
        new PostgresRoles(Options.Create(new StorageOptions { Provider = StorageProvider.Postgres, ConnectionString = Target })).Make();
        connection.Execute("DO $$ BEGIN CREATE USER tests_migrator IN ROLE dojo_pci_migrator; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
        User = "tests_migrator";

        Copy(Here, CopyDirection.SqliteToPostgres);
        Copy(Elsewhere, CopyDirection.PostgresToSqlite);

        Dump(Elsewhere).ShouldBe(Dump(Here));
        PostgresSchema.FindFaults(connection).ShouldBeEmpty();
        using var owner = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Target) { Username = User }.ToString());
        owner.Open();
        owner.ExecuteScalar<long>("SELECT COUNT(*) FROM setup_intents").ShouldBe(0, "without a scope");
    }

    [Fact]
    public void What_is_written_into_a_source_of_PostgreSQL_meanwhile_waits()
    {
        Fill(Here);
        Copy(Here, CopyDirection.SqliteToPostgres);
        using var writer = Connect();
        writer.Execute("SET lock_timeout = '50ms'");

        Copy(Elsewhere, CopyDirection.PostgresToSqlite, rowsInPart: 1, _ => Should.Throw<PostgresException>(() => writer.Execute("UPDATE accounts SET name = 'Other'")).SqlState.ShouldBe(PostgresErrorCodes.LockNotAvailable));

        Dump(Elsewhere).ShouldBe(Dump(Here));
    }
}
