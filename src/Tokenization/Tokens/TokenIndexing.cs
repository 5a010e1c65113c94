using Dojo.Pci.Tokenization.BackgroundJobs;

namespace Dojo.Pci.Tokenization.Tokens;

/// <summary>The background job that brings the token index and the card index up to date.</summary>
internal sealed class TokenIndexing(ITokenIndex index, ICardIndex cards) : IBackgroundJob
{
    // Larger batches write fewer pages per token, but every search scans the tokens that wait.
    private const int BatchSize = 8192;

    // The tokens per transaction: about a millisecond of the writer's time, and more than requests write at once, so that the index keeps
    // up with them. If it falls behind, the number doubles up to MostAtOnce.
    private const int AtOnce = 128;
    private const int MostAtOnce = 1024;

    // Cards lie at random places in their table, so only large batches share pages. No search scans the tokens that wait here.
    private const int CardsAtATime = 65536;

    /// <inheritdoc/>
    /// <remarks>Every search scans the tokens that are not indexed yet, so there must be few of them.</remarks>
    public TimeSpan? Pause => TimeSpan.FromSeconds(1);

    /// <summary>Indexes all changes.</summary>
    public async Task RunOnceAsync(CancellationToken ct)
    {
        var atOnce = AtOnce;
        while (await index.IsBehindAsync(ct) && await index.CatchUpAsync(BatchSize, atOnce) == BatchSize)
        {
            ct.ThrowIfCancellationRequested();
            atOnce = Math.Min(2 * atOnce, MostAtOnce);
        }

        while (await cards.CatchUpAsync(CardsAtATime, AtOnce) == CardsAtATime)
        {
            ct.ThrowIfCancellationRequested();
        }
    }
}
