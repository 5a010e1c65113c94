using System.Diagnostics;
using Npgsql;

namespace Dojo.Pci.Tokenization.Storage.Postgres;

/// <summary>
/// Locks all of our tables against serving processes, for work that changes the tables. A serving process locks tables in the order of each statement, so waiting for one
/// table while holding another can deadlock, and the server would then fail either side. So this waits for less time than the server takes to detect a deadlock, releases
/// everything, and tries again.
/// </summary>
internal static class TablesAlone
{
    // The server checks for deadlocks after a second.
    private const string WaitAtMost = "500ms";
    private const string WaitForVacuum = "10s";

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    // First waits for the server's autovacuum, with a lock that does not block serving processes; autovacuum yields after that second.
    private const string LockSql = $"""
        DO $$ DECLARE names text; BEGIN
            SELECT string_agg(oid::regclass::text, ', ' ORDER BY oid) INTO names FROM pg_class
             WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v') AND NOT relispartition
               AND pg_has_role(relowner, 'USAGE') AND oid NOT IN (SELECT objid FROM pg_depend WHERE deptype = 'e');
            IF names IS NOT NULL THEN
                PERFORM set_config('lock_timeout', '{WaitForVacuum}', true);
                EXECUTE format('LOCK TABLE %s IN SHARE UPDATE EXCLUSIVE MODE', names);
                PERFORM set_config('lock_timeout', '{WaitAtMost}', true);
                EXECUTE format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE', names);
                PERFORM set_config('lock_timeout', '0', true);
            END IF;
        END $$
        """;

    /// <summary>Within a transaction: locks the tables.</summary>
    /// <exception cref="PostgresException">Another session uses one of the tables; <see cref="Repeat"/> tries again.</exception>
    public static void Take(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(LockSql, connection); // not through Dapper, which would take a word with a colon for a parameter
        command.ExecuteNonQuery();
    }

    /// <summary>Runs work that locks the tables, each time in a new transaction, until it has the locks.</summary>
    /// <exception cref="StartRefusedException">The tables could not be locked for a minute.</exception>
    public static void Repeat(NpgsqlConnection connection, Action<NpgsqlTransaction> work)
    {
        for (var first = 0L; ; Thread.Sleep(s_pause))
        {
            using var transaction = connection.BeginTransaction();
            try
            {
                work(transaction);
                return;
            }
            catch (PostgresException taken) when (taken.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected)
            {
                first = first == 0 ? Stopwatch.GetTimestamp() : first;
                if (Stopwatch.GetElapsedTime(first) > s_patience)
                {
                    throw new StartRefusedException("The tables are in constant use. Stop whatever has been reading or writing them for long, such as a report, a backup or an export, and try again.");
                }
            }
        }
    }
}
