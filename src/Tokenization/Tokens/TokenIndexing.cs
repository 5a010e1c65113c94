using Dojo.Pci.Tokenization.BackgroundJobs;

namespace Dojo.Pci.Tokenization.Tokens;

/// <summary>Brings the index up to date with what has changed.</summary>
internal sealed class TokenIndexing(ITokenIndex index, ICardIndex cards) : IBackgroundJob
{
    // The more at once, the fewer pages are written for each; but what waits is looked through by each search.
    private const int BatchSize = 8192;

    // A millisecond of a writer's time, and more than requests write at once, so that it keeps up with them. Where it does not, it takes more.
    private const int AtOnce = 128;
    private const int MostAtOnce = 1024;

    // Cards lie at random, and only many at once share pages. Nobody looks through those that wait.
    private const int CardsAtATime = 65536;

    /// <inheritdoc/>
    /// <remarks>What is not indexed yet is looked through by each search, so it must stay short.</remarks>
    public TimeSpan? Pause => TimeSpan.FromSeconds(1);

    /// <summary>Takes in every change there is.</summary>
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
