using Dojo.Pci.Tokenization.Housekeeping;

namespace Dojo.Pci.Tokenization.Tokens;

/// <summary>Brings the index up to date with what has changed, one round of it.</summary>
internal sealed class TokenIndexing(ITokenIndex index) : IRound
{
    // The more at once, the fewer pages are written for each; but what waits is looked through by each search.
    private const int BatchSize = 8192;

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
