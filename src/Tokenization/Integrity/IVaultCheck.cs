namespace Dojo.Pci.Tokenization.Integrity;

/// <summary>Looks whether what a vault has stored is whole: for operators, and for whoever has just killed it.</summary>
public interface IVaultCheck
{
    /// <summary>
    /// Everything that is not as the vault leaves it, a sentence each; empty when all is well. Reads the whole database: minutes where it is large.
    /// Beside a service that writes, lists and counts are compared only where they hold still for so long.
    /// </summary>
    Task<IReadOnlyList<string>> FindFaultsAsync(CancellationToken ct);

    /// <summary>Looks for tokens, of any tenant, and opens the card of each. No card number leaves this.</summary>
    Task<CheckedTokens> CheckTokensAsync(IReadOnlyCollection<string> tokens, CancellationToken ct);
}

/// <summary>What became of tokens that there must be.</summary>
/// <param name="Missing">Those that are not there.</param>
/// <param name="Closed">Those whose card is not kept, or does not open.</param>
public sealed record CheckedTokens(IReadOnlyList<string> Missing, IReadOnlyList<string> Closed);
