using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Storage;

/// <summary>Checks whether a writer can write: a recent commit proves it, otherwise a write is tried.</summary>
internal static class WriterCheck
{
    // A monitor must learn of an outage within two seconds; the sum of both is less.
    private static readonly TimeSpan s_provenFor = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(1250);

    /// <summary>Does what <see cref="IDatabase.CheckAsync"/> describes.</summary>
    /// <param name="outage">The known reason why the writer cannot write; null when there is none.</param>
    /// <param name="sinceLastCommit">The time since the writer's last commit.</param>
    /// <param name="probe">Makes the writer write something that changes nothing.</param>
    public static async Task<UnavailableException?> RunAsync(UnavailableException? outage, TimeSpan sinceLastCommit, Func<Task<bool>> probe)
    {
        if (outage is null && sinceLastCommit < s_provenFor)
        {
            return null;
        }

        try
        {
            await probe().WaitAsync(s_patience);
            return null;
        }
        catch (UnavailableException refused)
        {
            return refused;
        }
        catch (TimeoutException)
        {
            return new UnavailableException("The database does not accept writes in time.");
        }
    }
}
