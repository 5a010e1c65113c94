namespace Dojo.Pci.Tokenization.Tokens;

/// <summary>What tokens are found and counted by, written behind them (docs/adr/0012-token-search.md).</summary>
internal interface ITokenIndex
{
    /// <summary>Whether tokens have changed that it does not hold yet as they are.</summary>
    Task<bool> IsBehindAsync(CancellationToken ct);

    /// <summary>Takes in the oldest changes, all of them or none.</summary>
    /// <returns>How many; fewer than <paramref name="limit"/> when there are no more.</returns>
    Task<int> CatchUpAsync(int limit);
}
