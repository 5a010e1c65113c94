using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tokenization.Integrity;

/// <summary>The number of tokens of a tenant.</summary>
internal sealed record TokensOfTenant(Tenant Tenant, long Tokens);

/// <summary>A token as it is stored.</summary>
/// <param name="RecordId">Its internal id.</param>
/// <param name="Environment">Its environment.</param>
/// <param name="Intent">The content of its row; null if it is nothing that the vault ever stores.</param>
/// <param name="IsGenuine">Whether its row matches its seal.</param>
internal sealed record StoredToken(long RecordId, TenantEnvironment Environment, StoredSetupIntent? Intent, bool IsGenuine);

/// <summary>The parts of the integrity check that depend on the database engine.</summary>
internal interface IIntegrityStore
{
    /// <summary>Finds damage to the file, and rows without the rows that are written together with them; one sentence each.</summary>
    Task<IReadOnlyList<string>> FindFaultsAsync(CancellationToken ct);

    /// <summary>Whether another program has opened the database since it was opened for inspection, when none had it open.</summary>
    bool WasDisturbed { get; }

    /// <summary>Counts the tokens that have a sealed card.</summary>
    Task<long> CountCardsAsync(CancellationToken ct);

    /// <summary>Lists tokens of all tenants in the order of their internal ids, starting after a given one. Needs the keys.</summary>
    Task<IReadOnlyList<StoredToken>> ListTokensAsync(long after, int limit, CancellationToken ct);

    /// <summary>Counts the tokens of each tenant, from the tokens themselves.</summary>
    Task<IReadOnlyList<TokensOfTenant>> CountTokensAsync(CancellationToken ct);
}
