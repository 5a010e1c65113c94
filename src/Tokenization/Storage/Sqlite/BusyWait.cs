using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Dojo.Pci.Tokenization.Storage.Sqlite;

/// <summary>How long a connection waits for a lock that another one holds.</summary>
internal static class BusyWait
{
    /// <summary>What writers wait for others: an operator's command beside the service, a backup that begins.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromSeconds(5);

    /// <summary>Does something on a writer's connection under a patience of its own.</summary>
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

    /// <summary>Sets the patience of a connection.</summary>
    public static void Set(SqliteConnection connection, TimeSpan patience) =>
        raw.sqlite3_busy_timeout(connection.Handle!, (int)patience.TotalMilliseconds);
}
