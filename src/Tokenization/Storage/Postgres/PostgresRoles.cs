using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Dojo.Pci.Tokenization.Storage.Postgres;

/// <inheritdoc cref="IDatabaseRoles"/>
internal sealed class PostgresRoles(IOptions<StorageOptions> options) : IDatabaseRoles
{
    /// <summary>The role that owns everything.</summary>
    public const string Migrator = "dojo_pci_migrator";

    private const string App = "dojo_pci_app";
    private const string Reader = "dojo_pci_reader";

    // Append-only tables, with the rights on their rows that the serving roles do not get. Histories are deleted with their sandbox; a trigger prevents all other deletions.
    private static readonly (string Table, string Right)[] s_withheld =
    [
        ("audit_entries", "UPDATE, DELETE"), ("setup_intent_events", "UPDATE"), ("payment_intent_events", "UPDATE"), ("schema_migrations", "INSERT, UPDATE, DELETE"),
    ];

    // Columns with secret texts, which readers may not read. Nor may they read bytea columns, which are sealed, hashed or a body.
    private static readonly string[] s_secrets = ["members.password_hash", "members.password_history", "member_passkeys.data", "portal_keys.xml", "data_key_manifest.content"];

    private static readonly string s_makeSql = string.Concat(new[] { Migrator, App, Reader }.Select(role => $"""
        DO $$ BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN CREATE ROLE {role} NOLOGIN; END IF;
        EXCEPTION WHEN duplicate_object THEN NULL;
        END $$;

        """));

    // As a member the current user can transfer ownership to the role, and can run later upgrades by itself.
    private const string JoinSql = $"GRANT {Migrator} TO CURRENT_USER";

    private const string OwnSql = $"""
        DO $$ DECLARE owned record; BEGIN
            EXECUTE format('GRANT CREATE, USAGE ON SCHEMA %I TO {Migrator}', current_schema());
            EXECUTE format('REVOKE CREATE ON SCHEMA %I FROM PUBLIC', current_schema());
            EXECUTE format('GRANT USAGE ON SCHEMA %I TO {App}, {Reader}', current_schema());
            FOR owned IN
                SELECT format('%s %s', CASE c.relkind WHEN 'v' THEN 'VIEW' ELSE 'TABLE' END, c.oid::regclass) AS name FROM pg_class c
                 WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'v') AND c.oid NOT IN (SELECT objid FROM pg_depend WHERE deptype = 'e')
                UNION ALL
                SELECT format('FUNCTION %s', p.oid::regprocedure) FROM pg_proc p
                 WHERE p.pronamespace = current_schema()::regnamespace AND p.prokind = 'f' AND p.oid NOT IN (SELECT objid FROM pg_depend WHERE deptype = 'e')
                UNION ALL
                SELECT format('COLLATION %I.%I', current_schema(), l.collname) FROM pg_collation l WHERE l.collnamespace = current_schema()::regnamespace
            LOOP
                EXECUTE format('ALTER %s OWNER TO {Migrator}', owned.name);
            END LOOP;
        END $$;
        """;

    private const string GrantSql = $"""
        DO $$ BEGIN
            EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA %I FROM {App}, {Reader}', current_schema());
            EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %I TO {App}', current_schema());
            EXECUTE format('GRANT USAGE ON ALL SEQUENCES IN SCHEMA %I TO {App}', current_schema());
            EXECUTE format('GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA %I TO {App}', current_schema());
            EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE {Migrator} IN SCHEMA %I GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {App}', current_schema());
            EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE {Migrator} IN SCHEMA %I GRANT USAGE ON SEQUENCES TO {App}', current_schema());
        END $$;
        """;

    /// <summary>Enforces the policy of every table that has one, for the owner too: the owner's statements have to name their scope like all others.</summary>
    public const string SecureSql = """
        DO $$ DECLARE secured regclass; BEGIN
            FOR secured IN
                SELECT DISTINCT p.polrelid FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE c.relnamespace = current_schema()::regnamespace
            LOOP
                EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', secured);
            END LOOP;
        END $$;
        """;

    // Before PostgreSQL 15 every role may create tables in the schema public, and only its owner can revoke that.
    private const string AppMayCreateSql = $"SELECT has_schema_privilege('{App}', current_schema(), 'CREATE')";

    // Not the tokens by card: a reader of a view needs the right to read its table, and readers may not read cards.
    private const string ShownSql = """
        SELECT quote_ident(c.relname) AS "Table", string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) AS "Columns"
          FROM pg_class c
          JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
         WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'v') AND c.relname <> 'card_tokens'
           AND a.atttypid <> 'bytea'::regtype AND c.relname || '.' || a.attname <> ALL (@secrets)
         GROUP BY c.relname
        """;

    /// <inheritdoc/>
    public bool AreKnown => options.Value.Provider == StorageProvider.Postgres;

    /// <inheritdoc/>
    public void Make()
    {
        using var connection = new NpgsqlConnection(PostgresSettings.Of(options.Value.ConnectionString));
        try
        {
            connection.Open();
            TablesAlone.Repeat(connection, transaction => Make(connection, transaction));
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new StartRefusedException($"The roles could not be created: {refused.MessageText}. Use a user who owns the database's tables and may create these roles and grant them (CREATEROLE), or a superuser.");
        }
    }

    private static void Make(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        Run(connection, s_makeSql);
        Run(connection, JoinSql);
        TablesAlone.Take(connection);
        Run(connection, OwnSql);
        if (connection.ExecuteScalar<bool>(AppMayCreateSql))
        {
            throw new StartRefusedException("The roles were not made: everybody may make tables in this schema. As its owner, or a superuser: REVOKE CREATE ON SCHEMA public FROM PUBLIC.");
        }

        Run(connection, GrantSql);
        Run(connection, SecureSql);
        foreach (var (table, right) in s_withheld)
        {
            Run(connection, $"REVOKE {right} ON {table} FROM {App}");
        }

        foreach (var (table, columns) in connection.Query<(string Table, string Columns)>(ShownSql, new { secrets = s_secrets }).AsList())
        {
            Run(connection, $"GRANT SELECT ({columns}) ON {table} TO {Reader}");
        }

        transaction.Commit();
    }

    // Not through Dapper: the text may contain characters that start a parameter.
    private static void Run(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
