namespace Dojo.Pci.Tokenization.Tokens;

/// <summary>What tokens are found and counted by, written behind them (docs/adr/0012-token-search.md).</summary>
internal interface ITokenIndex
{
    /// <summary>Whether tokens have changed that it does not hold yet as they are.</summary>
    Task<bool> IsBehindAsync(CancellationToken ct);

    /// <summary>
    /// Takes in the oldest new tokens, and then changed ones. Interrupted, it leaves the index whole and goes on there the next time. Not to
    /// be called by two at once.
    /// </summary>
    /// <param name="limit">At most how many.</param>
    /// <param name="atOnce">How many in a transaction, which writers wait for: some microseconds each.</param>
    /// <returns>How many; fewer than <paramref name="limit"/> when there are no more.</returns>
    Task<int> CatchUpAsync(int limit, int atOnce);
}
