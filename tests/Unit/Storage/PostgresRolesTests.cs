using Dapper;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Storage;
using Dojo.Pci.Tokenization.Storage.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Dojo.Pci.Tests.Unit.Storage;

/// <summary>What the roles of a database may do, and what only the role for upgrades may do.</summary>
[Trait("Engine", "Postgres")]
[Trait("Length", "Long")]
public sealed class PostgresRolesTests : IDisposable
{
    private readonly string _target = PostgresServer.Shared.CreateDatabase();

    public PostgresRolesTests()
    {
        Roles().Make();
        foreach (var role in new[] { "app", "migrator", "reader" })
        {
            AsSuperuser($"DO $$ BEGIN CREATE USER tests_{role} IN ROLE dojo_pci_{role}; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
        }
    }

    public void Dispose() => PostgresServer.Shared.DropDatabase(_target);

    [Fact]
    public async Task The_role_that_serves_writes_rows_and_changes_no_table()
    {
        await using var database = DatabaseOf("tests_app");
        database.Open(VaultUse.Serving);

        (await database.WriteAsync(connection => connection.Execute("INSERT INTO accounts (name, created_at) VALUES ('Account', 0)"))).ShouldBe(1);
        (await database.WriteAsync(connection => connection.Execute("UPDATE accounts SET name = 'Renamed'"))).ShouldBe(1);
        database.NoteDeletion();
        await database.ForgetDeletedAsync();

        foreach (var statement in new[]
        {
            "DROP TABLE accounts", "ALTER TABLE accounts ADD COLUMN more text", "CREATE TABLE more (id bigint)", "TRUNCATE setup_intents CASCADE", "DROP TRIGGER audit_entries_no_change ON audit_entries",
            "ALTER TABLE audit_entries DISABLE TRIGGER ALL", "UPDATE audit_entries SET detail = ''", "DELETE FROM audit_entries", "UPDATE setup_intent_events SET actor = ''", "DELETE FROM schema_migrations",
            "SET ROLE dojo_pci_migrator",
        })
        {
            RefusalOf("tests_app", statement).ShouldBe(PostgresErrorCodes.InsufficientPrivilege, statement);
        }
    }

    [Fact]
    public void The_role_for_reports_sees_nothing_that_is_sealed_or_secret_and_writes_nothing()
    {
        using var connection = Connect("tests_reader");
        foreach (var shown in new[] { "id, status, card_leading, card_last_four FROM setup_intents", "outcome, folded_reference FROM token_index", "card_scheme FROM token_schemes" })
        {
            connection.Query($"SELECT {shown}").ShouldBeEmpty();
        }

        var columns = connection.Query<(string Table, string Column, string Type)>("SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'public'").AsList();

        columns.Count.ShouldBeGreaterThan(300);
        columns.ShouldAllBe(column => column.Type != "bytea", "the catalogue shows those that may be read");
        columns.ShouldNotContain(column => column.Column.Contains("password") || column.Column == "xml");
        RefusalOf("tests_reader", "SELECT card_record FROM setup_intents").ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        RefusalOf("tests_reader", "UPDATE accounts SET name = ''").ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        RefusalOf("tests_reader", "INSERT INTO accounts (name, created_at) VALUES ('', 0)").ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public void They_are_made_again_without_harm()
    {
        Roles().Make();

        using var connection = Connect("tests_app");
        connection.ExecuteScalar<long>("SELECT COUNT(*) FROM accounts").ShouldBe(0);
    }

    [Fact]
    public async Task They_are_made_beside_those_who_lock_the_tables_in_another_order()
    {
        using var serving = Connect(null);
        using var transaction = serving.BeginTransaction();
        serving.Execute("LOCK TABLE webhook_secrets IN ACCESS SHARE MODE");
        using var look = Connect(null);

        var made = Task.Run(Roles().Make, TestContext.Current.CancellationToken);
        while (!look.ExecuteScalar<bool>("SELECT EXISTS (SELECT FROM pg_locks WHERE relation = 'webhook_secrets'::regclass AND NOT granted)"))
        {
            made.IsCompleted.ShouldBeFalse();
        }

        serving.ExecuteScalar<long>("SELECT COUNT(*) FROM accounts").ShouldBe(0, "which they hold already, as they wait for the other");
        transaction.Commit();
        await made;
    }

    [Fact]
    public void Who_may_not_make_roles_is_told_what_it_takes()
    {
        Should.Throw<StartRefusedException>(() => Roles("tests_app").Make()).Message.ShouldContain("a user who owns the database's tables and may create these roles");
    }

    private PostgresRoles Roles(string? user = null) => new(OptionsOf(user));

    private PostgresDatabase DatabaseOf(string user) => new(OptionsOf(user), TimeProvider.System, NullLogger<PostgresDatabase>.Instance);

    private IOptions<StorageOptions> OptionsOf(string? user) => Options.Create(new StorageOptions { Provider = StorageProvider.Postgres, ConnectionString = TargetOf(user) });

    private string TargetOf(string? user)
    {
        var target = new NpgsqlConnectionStringBuilder(_target);
        target.Username = user ?? target.Username;
        return target.ToString();
    }

    private NpgsqlConnection Connect(string? user)
    {
        var connection = new NpgsqlConnection(TargetOf(user));
        connection.Open();
        return connection;
    }

    private void AsSuperuser(string sql)
    {
        using var connection = Connect(null);
        connection.Execute(sql);
    }

    private string RefusalOf(string user, string statement)
    {
        using var connection = Connect(user);
        return Should.Throw<PostgresException>(() => connection.Execute(statement), statement).SqlState;
    }
}
