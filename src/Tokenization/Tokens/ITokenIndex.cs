namespace Dojo.Pci.Tokenization.Tokens;

/// <summary>The index by which tokens are found and counted, written after the tokens (docs/adr/0012-token-search.md).</summary>
internal interface ITokenIndex
{
    /// <summary>Whether there are new or changed tokens that the index does not reflect yet.</summary>
    Task<bool> IsBehindAsync(CancellationToken ct);

    /// <summary>
    /// Adds the oldest new tokens, and then updates changed ones. An interruption leaves the index consistent, and the next call continues
    /// from there. Calls must not run concurrently.
    /// </summary>
    /// <param name="limit">The maximum number of tokens.</param>
    /// <param name="atOnce">The number of tokens per transaction, for which other writers wait: some microseconds per token.</param>
    /// <returns>The number of tokens processed; fewer than <paramref name="limit"/> when there are no more.</returns>
    Task<int> CatchUpAsync(int limit, int atOnce);
}
