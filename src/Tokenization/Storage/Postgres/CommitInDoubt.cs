using Dojo.Pci.Tokenization.Results;
using Npgsql;

namespace Dojo.Pci.Tokenization.Storage.Postgres;

/// <summary>Finds out the outcome of a commit whose answer was lost.</summary>
/// <param name="open">Opens a connection for the inquiry.</param>
/// <param name="clock">Measures the time until it gives up.</param>
internal sealed class CommitInDoubt(Func<PostgresConnection> open, TimeProvider clock)
{
    private static readonly TimeSpan s_askEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(5);

    /// <summary>Whether a transaction was committed; false also if that cannot be found out within five seconds.</summary>
    /// <param name="id">The id of the transaction, from <c>pg_current_xact_id()</c>.</param>
    public bool WasCommitted(long id)
    {
        var began = clock.GetTimestamp();
        do
        {
            // The server may not have noticed yet that our connection is lost: until then the transaction is in progress.
            if (Ask(id) is { } status and not "in progress")
            {
                return status == "committed";
            }

            Thread.Sleep(s_askEvery);
        }
        while (clock.GetElapsedTime(began) < s_longest);
        return false;
    }

    private string? Ask(long id)
    {
        try
        {
            using var fresh = open();
            using var command = new NpgsqlCommand($"SELECT COALESCE(pg_xact_status('{id}'::xid8), 'too old')", fresh.Inner);
            return command.ExecuteScalar() as string;
        }
        catch (Exception exception) when (PostgresFaults.Told(exception) is UnavailableException)
        {
            return null; // the server cannot be asked yet
        }
    }
}
