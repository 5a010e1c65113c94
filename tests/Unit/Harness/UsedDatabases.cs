using System.Collections.Concurrent;
using Npgsql;

namespace Dojo.Pci.Tests.Unit.Harness;

/// <summary>
/// Used databases, emptied for the next test, so that their several hundred files need not be created and deleted for each test. A database whose
/// tables, triggers, functions or rights a test has changed is not reused.
/// </summary>
internal sealed class UsedDatabases
{
    // Deleted rows stay in the pages, because nothing vacuums here.
    private const int MostUses = 25;

    // Saves the rows of the template's tables and the state of its sequences.
    private const string KeepSeedSql = """
        CREATE SCHEMA seed;
        DO $$ DECLARE filled name; has_rows boolean; BEGIN
            FOR filled IN SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' LOOP
                EXECUTE format('SELECT EXISTS (SELECT FROM public.%I)', filled) INTO has_rows;
                IF has_rows THEN
                    EXECUTE format('CREATE TABLE seed.%I AS TABLE public.%I', filled, filled);
                END IF;
            END LOOP;
        END $$;
        CREATE TABLE seed.sequences_of_tables AS SELECT format('%I.%I', schemaname, sequencename) AS name, start_value, last_value FROM pg_sequences WHERE schemaname = 'public'
        """;

    // The service itself creates the request log's partitions for each day.
    private const string LeaveSql = """
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid();
        DO $$ DECLARE day regclass; BEGIN
            FOR day IN SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname ~ '^request_logs_\d{8}$' AND relkind = 'r' LOOP
                EXECUTE format('DROP TABLE %s', day);
            END LOOP;
        END $$
        """;

    private const string EmptySql = """
        SET session_replication_role = replica;
        DO $$ DECLARE used name; BEGIN
            FOR used IN SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' LOOP
                EXECUTE format('DELETE FROM public.%I', used);
            END LOOP;
            FOR used IN SELECT relname FROM pg_class WHERE relnamespace = 'seed'::regnamespace AND relkind = 'r' AND relname <> 'sequences_of_tables' LOOP
                EXECUTE format('INSERT INTO public.%I SELECT * FROM seed.%I', used, used);
            END LOOP;
            PERFORM setval(name::regclass, COALESCE(last_value, start_value), last_value IS NOT NULL) FROM seed.sequences_of_tables;
        END $$
        """;

    private const string ShapeSql = """
        SELECT md5(string_agg(line, '|' ORDER BY line COLLATE "C")) FROM (
            SELECT concat_ws(' ', relnamespace::regnamespace, relname, relkind, relrowsecurity, relforcerowsecurity, relowner, relacl) AS line FROM pg_class WHERE relnamespace IN ('public'::regnamespace, 'seed'::regnamespace)
            UNION ALL
            SELECT concat_ws(' ', attrelid::regclass, attname, atttypid, attnotnull, atthasdef, attisdropped, attacl) FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid WHERE c.relnamespace = 'public'::regnamespace AND attnum > 0
            UNION ALL
            SELECT concat_ws(' ', tgrelid::regclass, CASE WHEN tgisinternal THEN '' ELSE tgname END, tgfoid::regproc, tgenabled) FROM pg_trigger
            UNION ALL
            SELECT concat_ws(' ', oid::regprocedure, md5(prosrc), prosecdef, proacl) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
            UNION ALL
            SELECT concat_ws(' ', conrelid::regclass, conname, convalidated) FROM pg_constraint WHERE connamespace = 'public'::regnamespace
            UNION ALL
            SELECT concat_ws(' ', polrelid::regclass, polname, md5(polqual)) FROM pg_policy
            UNION ALL
            SELECT setconfig::text FROM pg_db_role_setting WHERE setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())
            UNION ALL
            SELECT nspname::text FROM pg_namespace WHERE nspname NOT LIKE 'pg!_%' ESCAPE '!'
        ) AS lines
        """;

    private readonly ConcurrentBag<string> _ready = [];
    private readonly ConcurrentDictionary<string, int> _uses = new(StringComparer.Ordinal);
    private readonly string _shape;

    /// <param name="template">The connection string of the database that all others are copies of.</param>
    public UsedDatabases(string template)
    {
        using var connection = new NpgsqlConnection(template);
        connection.Open();
        Run(connection, KeepSeedSql);
        _shape = ShapeOf(connection);
    }

    /// <summary>Takes an emptied database, if one is available.</summary>
    public bool TryTake(out string? target) => _ready.TryTake(out target);

    /// <summary>Empties one for the next test.</summary>
    /// <returns>False when that fails, and the database must be dropped.</returns>
    public bool TryKeep(string target)
    {
        if (_uses.AddOrUpdate(target, 1, (_, uses) => uses + 1) >= MostUses)
        {
            return false;
        }

        try
        {
            using var connection = new NpgsqlConnection(target);
            connection.Open();
            Run(connection, LeaveSql);
            if (ShapeOf(connection) != _shape)
            {
                return false;
            }

            Run(connection, EmptySql);
        }
        catch (NpgsqlException)
        {
            return false; // remains of a test prevent reuse
        }

        _ready.Add(target);
        return true;
    }

    private static void Run(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private static string ShapeOf(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(ShapeSql, connection);
        return (string)command.ExecuteScalar()!;
    }
}
