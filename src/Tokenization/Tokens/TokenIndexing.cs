using Dojo.Pci.Tokenization.Housekeeping;

namespace Dojo.Pci.Tokenization.Tokens;

/// <summary>Brings the index up to date with what has changed, one round of it.</summary>
internal sealed class TokenIndexing(ITokenIndex index) : IRound
{
    // Small, so that a request that wants to write waits for a few milliseconds at most.
    private const int BatchSize = 250;

    /// <inheritdoc/>
    /// <remarks>What is not indexed yet is looked through by each search, so it must stay short.</remarks>
    public TimeSpan? Pause => TimeSpan.FromSeconds(1);

    /// <summary>Takes in every change there is.</summary>
    public async Task RunOnceAsync(CancellationToken ct)
    {
        if (!await index.IsBehindAsync(ct))
        {
            return;
        }

        while (await index.CatchUpAsync(BatchSize) == BatchSize)
        {
            ct.ThrowIfCancellationRequested();
        }
    }
}
