namespace Dojo.Pci.Tokenization.Accounts;

/// <summary>Stores accounts and their locations.</summary>
public interface IAccountStore
{
    /// <summary>Checks whether any account exists.</summary>
    Task<bool> AnyAsync(CancellationToken ct);

    /// <summary>Adds an account with its first location, both or neither.</summary>
    /// <returns>The location.</returns>
    Task<Location> CreateAsync(string accountName, string locationName, CancellationToken ct);

    /// <summary>Lists all locations, oldest first.</summary>
    Task<IReadOnlyList<Location>> ListLocationsAsync(CancellationToken ct);

    /// <summary>Reads the name of an account.</summary>
    Task<string> GetNameAsync(AccountId account, CancellationToken ct);

    /// <summary>Lists the locations of an account, oldest first; there is always at least one.</summary>
    Task<IReadOnlyList<Location>> ListLocationsAsync(AccountId account, CancellationToken ct);

    /// <summary>Reads a tenant's location.</summary>
    Task<Location> GetLocationAsync(Tenant tenant, CancellationToken ct);

    /// <summary>Switches the refusal of repeated references on or off. Existing setup intents keep their references.</summary>
    Task SetUniqueReferencesAsync(LocationId location, bool unique, CancellationToken ct);

    /// <summary>Allows or refuses further charges of a token of the type <c>Unscheduled</c>.</summary>
    Task SetRepeatedChargesAsync(LocationId location, bool allowed, CancellationToken ct);

    /// <summary>
    /// Sets how long card data of finished tokens is kept, in whole days from 0. This also applies to tokens that have already finished.
    /// </summary>
    Task SetRetentionAsync(LocationId location, int days, CancellationToken ct);

    /// <summary>Moves the sandbox's clock forward, never back.</summary>
    /// <returns>How far it is ahead now: more than requested, if another caller has moved it further.</returns>
    Task<TimeSpan> MoveSandboxClockAsync(Tenant tenant, TimeSpan ahead, CancellationToken ct);

    /// <summary>Moves the sandbox's clock forward from its current time. Concurrent moves add up: each begins where another ended.</summary>
    /// <param name="tenant">The sandbox.</param>
    /// <param name="further">Computes the new lead over the real time from the current one; null if the clock must not be moved.</param>
    /// <param name="ct">Cancels the move.</param>
    /// <returns>How far it is ahead now; null if it was not moved.</returns>
    Task<TimeSpan?> AdvanceSandboxClockAsync(Tenant tenant, Func<TimeSpan, TimeSpan?> further, CancellationToken ct);
}
