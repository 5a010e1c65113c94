namespace Dojo.Pci.Tokenization.Integrity;

/// <summary>Checks the integrity of the stored data: for operators, and after the process was killed. Writes nothing.</summary>
public interface IVaultCheck
{
    /// <summary>
    /// Checks everything: the file, rows that belong together, the data keys and their manifest, the seal of each token, and sealed cards, which
    /// it opens. It reads the whole database, which takes minutes if it is large. While a service writes, it compares lists and counts only if they
    /// do not change during the comparison.
    /// </summary>
    /// <param name="sample">The most cards to open, spread over all tokens from a random start; null for all.</param>
    /// <param name="ct">Cancels between two parts.</param>
    Task<CheckedVault> CheckAsync(int? sample, CancellationToken ct);

    /// <summary>Finds the given tokens, of any tenant, and opens the card of each. No card number leaves this method.</summary>
    Task<CheckedTokens> CheckTokensAsync(IReadOnlyCollection<string> tokens, CancellationToken ct);
}

/// <summary>The result of a check.</summary>
/// <param name="Faults">Every fault that was found, one sentence each; empty if there is none.</param>
/// <param name="Cards">The number of tokens with a sealed card; null if the keys could not be unwrapped, so that none was opened.</param>
/// <param name="CheckedCards">The number of cards that were opened.</param>
public sealed record CheckedVault(IReadOnlyList<string> Faults, long? Cards, long CheckedCards);

/// <summary>The result of checking tokens that must exist.</summary>
/// <param name="Missing">The tokens that do not exist.</param>
/// <param name="Closed">The tokens whose card is not stored or does not open, or whose row was changed.</param>
public sealed record CheckedTokens(IReadOnlyList<string> Missing, IReadOnlyList<string> Closed);
