using Dapper;
using Dojo.Pci.Tokenization.Storage.Migrations;
using Npgsql;

namespace Dojo.Pci.Tokenization.Storage.Postgres;

/// <summary>
/// Brings the schema up to date from the numbered scripts in this assembly, all in one transaction, which an advisory lock protects: of several
/// programs that start at the same time, one migrates and the others wait.
/// </summary>
internal static class PostgresSchema
{
    // An arbitrary number that no other program uses for a lock in this database.
    private const long LockOfMigrations = 0x646F6A6F_706369;

    private const string CreateJournalSql = """
        CREATE TABLE IF NOT EXISTS schema_migrations (
            version    bigint      NOT NULL PRIMARY KEY,
            name       text        NOT NULL,
            applied_at timestamptz NOT NULL DEFAULT now()
        )
        """;

    private const string HasJournalSql = "SELECT to_regclass('schema_migrations') IS NOT NULL";

    private const string AppliedSql = "SELECT version FROM schema_migrations";

    private const string RecordSql = "INSERT INTO schema_migrations (version, name) VALUES (@version, @name)";

    private const string EncodingSql = "SELECT pg_encoding_to_char(encoding) FROM pg_database WHERE datname = current_database()";

    // If this database has roles, new objects belong to the role of which all migrators are members.
    private const string BecomeMigratorSql = $"""
        SELECT set_config('role', rolname, true)
          FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner
         WHERE c.oid = to_regclass('schema_migrations') AND r.rolname = '{PostgresRoles.Migrator}' AND pg_has_role(r.oid, 'MEMBER')
        """;

    private const string MayCreateSql = "SELECT COALESCE(has_schema_privilege(current_schema(), 'CREATE'), false)";

    private const string IsHeldSql = "SELECT EXISTS (SELECT FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relrowsecurity)";

    private const string TriggersSql = """
        SELECT t.tgname AS Name, p.prosrc AS Source, t.tgenabled = 'O' AS IsEnabled
          FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
         WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace
        """;

    // If policies are enforced on one table, they must be enforced on all.
    private const string UnsecuredSql = """
        SELECT 'Row-level security does not hold ' || c.relname || '. Run migrate --roles again.'
          FROM pg_class c
         WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
           AND (EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid)
                OR EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname IN ('account_id', 'location_id')))
           AND NOT (c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid))
           AND EXISTS (SELECT FROM pg_class o WHERE o.relnamespace = c.relnamespace AND o.relrowsecurity)
        """;

    private const string UntrustedSql = """
        SELECT 'The constraint ' || conname || ' was not checked for all rows.' FROM pg_constraint WHERE NOT convalidated AND connamespace = current_schema()::regnamespace
        UNION ALL
        SELECT 'The index ' || indexrelid::regclass || ' is not whole.' FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
         WHERE NOT i.indisvalid AND c.relnamespace = current_schema()::regnamespace
        """;

    /// <summary>The scripts of this program, oldest first.</summary>
    internal static IReadOnlyList<MigrationScript> Scripts { get; } = [.. MigrationScript.Of("Postgres").OrderBy(script => script.Version)];

    private static int Newest => Scripts[^1].Version;

    /// <summary>Throws unless the schema is up to date. Changes nothing.</summary>
    /// <exception cref="StartRefusedException">The database is older or newer than this program, or not one of its databases.</exception>
    public static void Verify(NpgsqlConnection connection)
    {
        if (!connection.ExecuteScalar<bool>(HasJournalSql))
        {
            throw new StartRefusedException("The database does not belong to this program.");
        }

        var applied = connection.Query<int>(AppliedSql).ToHashSet();
        if (applied.Append(0).Max() > Newest)
        {
            throw MigrationScript.TooNew(applied.Max(), Newest);
        }

        if (Scripts.Any(script => !applied.Contains(script.Version)))
        {
            throw Older(applied.Append(0).Max(), "Run migrate, or start the service, first.");
        }
    }

    /// <exception cref="StartRefusedException">
    /// The database is newer than this program or has an encoding other than UTF-8; or it is older, and the user may not create tables.
    /// </exception>
    public static void Migrate(NpgsqlConnection connection)
    {
        if (IsUpToDate(connection))
        {
            return;
        }

        TablesAlone.Repeat(connection, transaction => Migrate(connection, transaction));
    }

    private static void Migrate(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        connection.Execute(ScopeCommand.Sql, new { portal_scope = TenantScope.Service.Setting });
        connection.Execute(BecomeMigratorSql);
        if (!connection.ExecuteScalar<bool>(MayCreateSql))
        {
            var known = connection.ExecuteScalar<bool>(HasJournalSql) ? connection.Query<int>(AppliedSql).Append(0).Max() : 0;
            throw known > Newest ? MigrationScript.TooNew(known, Newest) : Older(known, $"This user may not create tables: run migrate as a member of {PostgresRoles.Migrator} first.");
        }

        connection.Execute("SELECT pg_advisory_xact_lock(@LockOfMigrations)", new { LockOfMigrations }, commandTimeout: 0); // waits as long as another program's scripts take
        if (connection.QuerySingle<string>(EncodingSql) is var encoding and not "UTF8")
        {
            throw new StartRefusedException($"The database stores text in {encoding}. Create it with ENCODING 'UTF8'.");
        }

        connection.Execute(CreateJournalSql);
        var applied = connection.Query<int>(AppliedSql).ToHashSet();
        if (applied.Append(0).Max() > Newest)
        {
            throw MigrationScript.TooNew(applied.Max(), Newest);
        }

        var missing = Scripts.Where(script => !applied.Contains(script.Version)).ToList();
        if (missing.Count == 0)
        {
            return;
        }

        TablesAlone.Take(connection);
        connection.Execute(PostgresFold.CreateSql());
        foreach (var script in missing)
        {
            Run(connection, script.Sql);
            connection.Execute(RecordSql, new { version = script.Version, name = script.Name });
        }

        if (connection.ExecuteScalar<bool>(IsHeldSql))
        {
            Run(connection, PostgresRoles.SecureSql); // policies are enforced on new tables as on the others
        }

        transaction.Commit();
    }

    /// <inheritdoc cref="IDatabase.FindFaults"/>
    public static IEnumerable<string> FindFaults(NpgsqlConnection connection)
    {
        var scripts = string.Concat(Scripts.Select(script => script.Sql));
        var triggers = connection.Query<(string Name, string Source, bool IsEnabled)>(TriggersSql).ToList();
        foreach (var expected in MigrationScript.TriggersIn(Scripts).Except(triggers.Where(trigger => trigger.IsEnabled && IsOurs(trigger.Source)).Select(trigger => trigger.Name), StringComparer.Ordinal))
        {
            yield return $"The trigger {expected} is missing or was changed.";
        }

        foreach (var trigger in triggers.Select(trigger => trigger.Name).Except(MigrationScript.TriggersIn(Scripts), StringComparer.Ordinal))
        {
            yield return "There is a trigger that does not belong to this program.";
        }

        foreach (var fault in connection.Query<string>(UntrustedSql).Concat(connection.Query<string>(UnsecuredSql)))
        {
            yield return fault;
        }

        bool IsOurs(string source) => scripts.Contains(source.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    private static StartRefusedException Older(int version, string wayOut) =>
        new($"The database has schema version {version}, but this program needs version {Newest}. {wayOut}");

    // Checked without the lock: a serving user may have no right to do more than this.
    private static bool IsUpToDate(NpgsqlConnection connection) =>
        connection.ExecuteScalar<bool>(HasJournalSql) && connection.Query<int>(AppliedSql, commandTimeout: 0).ToHashSet().SetEquals(Scripts.Select(script => script.Version));

    // Not through Dapper: a script may contain characters that start a parameter.
    private static void Run(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 }; // no limit: the time depends on the number of rows
        command.ExecuteNonQuery();
    }
}
