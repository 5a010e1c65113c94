using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Settings;

/// <summary>Reads and changes the name of an account, its locations and their settings, for its members. A change applies from the next request.</summary>
public interface IAccountSettings
{
    /// <summary>The most days that card data may be kept: about a century, in effect for ever.</summary>
    const int MostRetentionDays = 36_500;

    /// <summary>Reads the account and its locations.</summary>
    Task<Result<AccountOverview>> ReadAsync(SignedInMember who, CancellationToken ct);

    /// <summary>Renames the account.</summary>
    Task<Result<AccountOverview>> RenameAccountAsync(SignedInMember who, string? name);

    /// <summary>Adds a location, with the safest settings.</summary>
    Task<Result<Location>> AddLocationAsync(SignedInMember who, string? name);

    /// <summary>Renames a location; its name in URLs stays the same.</summary>
    Task<Result<Location>> RenameLocationAsync(SignedInMember who, LocationId location, string? name);

    /// <summary>Switches the refusal of repeated references on or off.</summary>
    Task<Result<Location>> SetUniqueReferencesAsync(SignedInMember who, LocationId location, bool unique);

    /// <summary>Allows or refuses further charges of a token of the type <c>Unscheduled</c>.</summary>
    Task<Result<Location>> SetRepeatedChargesAsync(SignedInMember who, LocationId location, bool allowed);

    /// <summary>Counts what <see cref="SetRetentionAsync"/> would destroy at once.</summary>
    Task<Result<RetentionPreview>> PreviewRetentionAsync(SignedInMember who, LocationId location, int days, CancellationToken ct);

    /// <summary>Sets how long card data of finished tokens is kept. This also applies to tokens that have already finished.</summary>
    Task<Result<Location>> SetRetentionAsync(SignedInMember who, LocationId location, int days);
}

/// <summary>An account with its locations and their settings.</summary>
/// <param name="Id">The id of the account.</param>
/// <param name="Name">The name of the account.</param>
/// <param name="Locations">Its locations, oldest first.</param>
public sealed record AccountOverview(AccountId Id, string Name, IReadOnlyList<Location> Locations);

/// <summary>What a shorter retention destroys as soon as it is set.</summary>
/// <param name="Days">The retention, in days.</param>
/// <param name="Cards">The number of finished tokens whose card data is destroyed; exact only up to <see cref="CountedUpTo"/>.</param>
public sealed record RetentionPreview(int Days, int Cards)
{
    /// <summary>The largest number of cards that is counted exactly.</summary>
    public const int CountedUpTo = 1_000;

    /// <summary>Whether there are more than <see cref="CountedUpTo"/>.</summary>
    public bool IsMore => Cards > CountedUpTo;
}
