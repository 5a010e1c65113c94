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

    /// <summary>Switches the refusal of repeated references on or off. Setup intents that exist keep their references.</summary>
    Task SetUniqueReferencesAsync(LocationId location, bool unique, CancellationToken ct);
}
