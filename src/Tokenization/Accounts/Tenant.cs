namespace Dojo.Pci.Tokenization.Accounts;

/// <summary>Whether data is test data or real data. The two never share a key, an id or a row.</summary>
public enum TenantEnvironment
{
    /// <summary>Published test cards only; keys start with <c>sk_sandbox_</c>.</summary>
    Sandbox = 0,

    /// <summary>Real cards only; keys start with <c>sk_prod_</c>.</summary>
    Production = 1,
}

/// <summary>Identifies a company account.</summary>
/// <param name="Value">Its internal number, which is never shown outside.</param>
public readonly record struct AccountId(long Value);

/// <summary>Identifies a location of an account: the unit that keys and data belong to.</summary>
/// <param name="Value">Its internal number, which is never shown outside.</param>
public readonly record struct LocationId(long Value);

/// <summary>
/// The owner of the data that a request may use. It comes from the credential alone, and it is in the <c>WHERE</c> clause of every
/// statement (DESIGN D15; PCI DSS A1.1.2).
/// </summary>
/// <param name="Account">The account, within which the same card can be recognised.</param>
/// <param name="Location">The location.</param>
/// <param name="Environment">Sandbox or production.</param>
public readonly record struct Tenant(AccountId Account, LocationId Location, TenantEnvironment Environment);
