using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Dojo.Pci.Tokenization.Storage.Sqlite;

/// <summary>How long a connection waits for a lock that another connection holds.</summary>
internal static class BusyWait
{
    /// <summary>How long a writer waits for other processes, such as an operator's command that runs beside the service or a backup that starts.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromSeconds(5);

    /// <summary>Runs work on a writer's connection with another busy timeout, and restores the usual one.</summary>
    public static T Within<T>(SqliteConnection connection, TimeSpan patience, Func<T> work)
    {
        Set(connection, patience);
        try
        {
            return work();
        }
        finally
        {
            Set(connection, Usual);
        }
    }

    /// <summary>Sets the busy timeout of a connection.</summary>
    public static void Set(SqliteConnection connection, TimeSpan patience) =>
        raw.sqlite3_busy_timeout(connection.Handle!, (int)patience.TotalMilliseconds);
}
