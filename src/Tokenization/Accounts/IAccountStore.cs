namespace Dojo.Pci.Tokenization.Accounts;

/// <summary>Accounts and their locations.</summary>
public interface IAccountStore
{
    /// <summary>Whether there is any account yet.</summary>
    Task<bool> AnyAsync(CancellationToken ct);

    /// <summary>Adds an account with its first location, both or neither.</summary>
    /// <returns>The location.</returns>
    Task<Location> CreateAsync(string accountName, string locationName, CancellationToken ct);

    /// <summary>All locations, oldest first.</summary>
    Task<IReadOnlyList<Location>> ListLocationsAsync(CancellationToken ct);

    /// <summary>What an account is called.</summary>
    Task<string> GetNameAsync(AccountId account, CancellationToken ct);

    /// <summary>The locations of an account, oldest first; there is always one.</summary>
    Task<IReadOnlyList<Location>> ListLocationsAsync(AccountId account, CancellationToken ct);

    /// <summary>A tenant's location.</summary>
    Task<Location> GetLocationAsync(Tenant tenant, CancellationToken ct);

    /// <summary>Switches the refusal of repeated references on or off. Setup intents that exist keep their references.</summary>
    Task SetUniqueReferencesAsync(LocationId location, bool unique, CancellationToken ct);

    /// <summary>Allows or refuses further charges of a token of the type <c>Unscheduled</c>.</summary>
    Task SetRepeatedChargesAsync(LocationId location, bool allowed, CancellationToken ct);

    /// <summary>
    /// Sets how long card data of finished tokens is kept, in whole days from 0 on; also for those that are finished already.
    /// </summary>
    Task SetRetentionAsync(LocationId location, int days, CancellationToken ct);

    /// <summary>Moves the sandbox's clock forward; never back.</summary>
    /// <returns>How far it is ahead now: more than asked for, if someone else has moved it further.</returns>
    Task<TimeSpan> MoveSandboxClockAsync(Tenant tenant, TimeSpan ahead, CancellationToken ct);

    /// <summary>Moves the sandbox's clock forward from where it is; of moves that come together each begins where another ended.</summary>
    /// <param name="tenant">Whose sandbox.</param>
    /// <param name="further">How far it is to be ahead, by how far it is ahead; null where it must not be moved.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>How far it is ahead now; null when it was not moved.</returns>
    Task<TimeSpan?> AdvanceSandboxClockAsync(Tenant tenant, Func<TimeSpan, TimeSpan?> further, CancellationToken ct);
}
