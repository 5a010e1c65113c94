namespace Dojo.Pci.Tokenization.Integrity;

/// <summary>Looks whether what a vault has stored is whole: for operators, and for anyone who has just killed it. Writes nothing.</summary>
public interface IVaultCheck
{
    /// <summary>
    /// Looks at everything: the file, what belongs together, the data keys and their manifest, the seal of each token, and sealed cards, which
    /// are opened. Reads the whole database: minutes where it is large. Beside a service that writes, lists and counts are compared only where
    /// they hold still for so long.
    /// </summary>
    /// <param name="sample">How many cards to open at most, spread over all tokens from a random start; all of them when null.</param>
    /// <param name="ct">Cancels between two parts.</param>
    Task<CheckedVault> CheckAsync(int? sample, CancellationToken ct);

    /// <summary>Looks for tokens, of any tenant, and opens the card of each. No card number leaves this.</summary>
    Task<CheckedTokens> CheckTokensAsync(IReadOnlyCollection<string> tokens, CancellationToken ct);
}

/// <summary>What a check has found.</summary>
/// <param name="Faults">Everything that is not as the vault leaves it, a sentence each; empty when all is well.</param>
/// <param name="Cards">How many tokens keep a sealed card; null when the keys could not be unwrapped, so that none was opened.</param>
/// <param name="CheckedCards">Of how many that card was opened.</param>
public sealed record CheckedVault(IReadOnlyList<string> Faults, long? Cards, long CheckedCards);

/// <summary>What became of tokens that there must be.</summary>
/// <param name="Missing">Those that are not there.</param>
/// <param name="Closed">Those whose card is not kept, or does not open, or whose row was changed.</param>
public sealed record CheckedTokens(IReadOnlyList<string> Missing, IReadOnlyList<string> Closed);
