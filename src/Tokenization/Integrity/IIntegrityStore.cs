using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.Integrity;

/// <summary>How many tokens of a tenant there are.</summary>
internal sealed record TokensOfTenant(Tenant Tenant, long Tokens);

/// <summary>What only the engine can tell of what is stored.</summary>
internal interface IIntegrityStore
{
    /// <summary>Damage of the file, and rows that lack what is written with them, a sentence each.</summary>
    Task<IReadOnlyList<string>> FindFaultsAsync(CancellationToken ct);

    /// <summary>The tokens themselves, counted.</summary>
    Task<IReadOnlyList<TokensOfTenant>> CountTokensAsync(CancellationToken ct);
}
