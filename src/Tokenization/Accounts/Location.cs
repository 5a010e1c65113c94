namespace Dojo.Pci.Tokenization.Accounts;

/// <summary>A place of business of an account, with its settings.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Account">The account that it belongs to.</param>
/// <param name="Name">Its display name.</param>
/// <param name="UniqueReferences">Whether a second setup intent with the same reference is refused (DESIGN D6).</param>
public sealed record Location(LocationId Id, AccountId Account, string Name, bool UniqueReferences)
{
    /// <summary>Its name in the portal's URLs, unique within the account. It stays the same when the display name changes.</summary>
    public string Slug { get; init; } = "";

    /// <summary>Whether a token of the type <c>Unscheduled</c> may be charged again after its first charge.</summary>
    public bool RepeatedCharges { get; init; }

    /// <summary>How long card data of a finished token is kept; with zero it is destroyed at once.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(90);

    /// <summary>How far the sandbox's clock is ahead of the real one. Production has no clock of its own (DESIGN D18).</summary>
    public TimeSpan SandboxAhead { get; init; }

    /// <summary>
    /// When a throwaway sandbox, which has no production environment, vanishes with everything that belongs to it, by the real clock. Null for a permanent
    /// location.
    /// </summary>
    public DateTimeOffset? VanishesAt { get; init; }
}
