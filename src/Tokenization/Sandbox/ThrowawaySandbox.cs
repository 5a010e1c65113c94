using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Audit;

namespace Dojo.Pci.Tokenization.Sandbox;

/// <summary>A location for a while: a sandbox without a production, which shares nothing with other locations.</summary>
/// <param name="Location">The location.</param>
/// <param name="Id">Its name in addresses, by which it is removed; that of no other before or after it.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="VanishesAt">When it vanishes by itself, by the real clock.</param>
public sealed record ThrowawaySandbox(LocationId Location, string Id, DateTimeOffset CreatedAt, DateTimeOffset VanishesAt);

/// <summary>The throwaway sandboxes of an account.</summary>
/// <param name="Sandboxes">All there are, newest first.</param>
/// <param name="Most">How many there may be.</param>
public sealed record ThrowawaySandboxes(IReadOnlyList<ThrowawaySandbox> Sandboxes, int Most);

/// <summary>A new throwaway sandbox with its key, whose secret exists nowhere else.</summary>
/// <param name="Sandbox">The sandbox.</param>
/// <param name="Secret">The secret of its key, to be shown once.</param>
public sealed record MadeSandbox(ThrowawaySandbox Sandbox, ApiKeySecret Secret);

/// <summary>A throwaway sandbox that is to be stored with its key, both or neither.</summary>
/// <param name="Account">Whose it is.</param>
/// <param name="MadeBy">The location whose sandbox makes it.</param>
/// <param name="Name">What people call it.</param>
/// <param name="CreatedAt">When it is made.</param>
/// <param name="VanishesAt">When it vanishes.</param>
/// <param name="Key">Its key, from the location that it becomes.</param>
/// <param name="Entry">The entry that says so, from the same.</param>
internal sealed record NewSandbox(
    AccountId Account, LocationId MadeBy, string Name, DateTimeOffset CreatedAt, DateTimeOffset VanishesAt, Func<Location, ApiKeyInsertion> Key, Func<Location, AuditEntry> Entry);
