using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Audit;

namespace Dojo.Pci.Tokenization.Sandbox;

/// <summary>A location with a limited lifetime: a sandbox without a production environment, which shares nothing with other locations.</summary>
/// <param name="Location">The location.</param>
/// <param name="Id">Its name in URLs, which also identifies it for removal. It is never reused.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="VanishesAt">When its lifetime ends, by the real clock.</param>
public sealed record ThrowawaySandbox(LocationId Location, string Id, DateTimeOffset CreatedAt, DateTimeOffset VanishesAt);

/// <summary>The throwaway sandboxes of an account.</summary>
/// <param name="Sandboxes">All of them, newest first.</param>
/// <param name="Most">The most that the account may have.</param>
public sealed record ThrowawaySandboxes(IReadOnlyList<ThrowawaySandbox> Sandboxes, int Most);

/// <summary>A new throwaway sandbox with its key, whose secret exists nowhere else.</summary>
/// <param name="Sandbox">The sandbox.</param>
/// <param name="Secret">The secret of its key, which is shown once.</param>
public sealed record MadeSandbox(ThrowawaySandbox Sandbox, ApiKeySecret Secret);

/// <summary>A throwaway sandbox to store with its key, both or neither.</summary>
/// <param name="Account">The account that owns it.</param>
/// <param name="MadeBy">The location whose sandbox makes it.</param>
/// <param name="Name">Its display name.</param>
/// <param name="CreatedAt">When it is made.</param>
/// <param name="VanishesAt">When it vanishes.</param>
/// <param name="Key">Makes its key from the new location.</param>
/// <param name="Entry">Makes the audit entry from the new location.</param>
internal sealed record NewSandbox(
    AccountId Account, LocationId MadeBy, string Name, DateTimeOffset CreatedAt, DateTimeOffset VanishesAt, Func<Location, ApiKeyInsertion> Key, Func<Location, AuditEntry> Entry);
