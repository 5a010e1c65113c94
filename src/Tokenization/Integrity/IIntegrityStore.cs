using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tokenization.Integrity;

/// <summary>How many tokens of a tenant there are.</summary>
internal sealed record TokensOfTenant(Tenant Tenant, long Tokens);

/// <summary>A token as it is stored.</summary>
/// <param name="RecordId">Its internal id.</param>
/// <param name="Environment">Its environment.</param>
/// <param name="Intent">What its row says; null when that is nothing that the vault ever stores.</param>
/// <param name="IsGenuine">Whether its row is what was sealed.</param>
internal sealed record StoredToken(long RecordId, TenantEnvironment Environment, StoredSetupIntent? Intent, bool IsGenuine);

/// <summary>What only the engine can tell of what is stored.</summary>
internal interface IIntegrityStore
{
    /// <summary>Damage of the file, and rows that lack what is written with them, a sentence each.</summary>
    Task<IReadOnlyList<string>> FindFaultsAsync(CancellationToken ct);

    /// <summary>Whether a program has opened the database meanwhile, although none had it open when it was opened for inspection.</summary>
    bool WasDisturbed { get; }

    /// <summary>How many tokens keep a sealed card.</summary>
    Task<long> CountCardsAsync(CancellationToken ct);

    /// <summary>Tokens of all tenants in the order of their internal ids, those after one of them. Needs the keys.</summary>
    Task<IReadOnlyList<StoredToken>> ListTokensAsync(long after, int limit, CancellationToken ct);

    /// <summary>The tokens themselves, counted.</summary>
    Task<IReadOnlyList<TokensOfTenant>> CountTokensAsync(CancellationToken ct);
}
