using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Storage;

/// <summary>Whether a writer writes: what it has committed just now proves it, and else it is tried.</summary>
internal static class WriterCheck
{
    // Anyone who watches learns of an outage within two seconds: the sum of both is less.
    private static readonly TimeSpan s_provenFor = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(1250);

    /// <summary>As <see cref="IDatabase.CheckAsync"/> has it.</summary>
    /// <param name="outage">What keeps the writer from writing, as far as is known.</param>
    /// <param name="sinceLastCommit">How long ago it committed something.</param>
    /// <param name="probe">Has it write something that changes nothing.</param>
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
            return new UnavailableException("The database does not take anything in time.");
        }
    }
}
