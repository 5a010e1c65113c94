using System.Diagnostics;
using Npgsql;

namespace Dojo.Pci.Tokenization.Storage.Postgres;

/// <summary>
/// Takes all tables that are ours from those who serve, for what changes them. Who serves locks tables in the order of each statement, so that waiting for one while holding another may
/// never end, and the server would fail either side. So it waits for less time than the server takes to see that, lets go of everything, and tries again.
/// </summary>
internal static class TablesAlone
{
    // The server looks for deadlocks after a second.
    private const string WaitAtMost = "500ms";
    private const string WaitForVacuum = "10s";

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    // First from the server's own vacuum, which is in nobody's way who serves, and gives way after that second.
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

    /// <summary>Within a transaction: takes the tables.</summary>
    /// <exception cref="PostgresException">Somebody uses one of them; <see cref="Repeat"/> tries again.</exception>
    public static void Take(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(LockSql, connection); // as it stands: to Dapper a word with a colon would be a parameter
        command.ExecuteNonQuery();
    }

    /// <summary>Does work that takes the tables, each time in a transaction of its own, until it has got them.</summary>
    /// <exception cref="StartRefusedException">They were not to be had for a minute.</exception>
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
                    throw new StartRefusedException("The tables are in use without a pause. End what reads or writes them for long, such as a report, a backup or an export, and try again.");
                }
            }
        }
    }
}
