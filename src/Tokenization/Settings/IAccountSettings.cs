using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Settings;

/// <summary>The name of an account, its locations and their settings, for its members. A change counts from the next request on.</summary>
public interface IAccountSettings
{
    /// <summary>Most days that card data may be kept: a century, which is for ever.</summary>
    const int MostRetentionDays = 36_500;

    /// <summary>What is set.</summary>
    Task<Result<AccountOverview>> ReadAsync(SignedInMember who, CancellationToken ct);

    /// <summary>Gives the account another name.</summary>
    Task<Result<AccountOverview>> RenameAccountAsync(SignedInMember who, string? name);

    /// <summary>Adds a location, with the settings that are safest.</summary>
    Task<Result<Location>> AddLocationAsync(SignedInMember who, string? name);

    /// <summary>Gives a location another name; its name in addresses stays.</summary>
    Task<Result<Location>> RenameLocationAsync(SignedInMember who, LocationId location, string? name);

    /// <summary>Switches the refusal of repeated references on or off.</summary>
    Task<Result<Location>> SetUniqueReferencesAsync(SignedInMember who, LocationId location, bool unique);

    /// <summary>Allows or refuses further charges of a token of the type <c>Unscheduled</c>.</summary>
    Task<Result<Location>> SetRepeatedChargesAsync(SignedInMember who, LocationId location, bool allowed);

    /// <summary>What <see cref="SetRetentionAsync"/> would destroy at once.</summary>
    Task<Result<RetentionPreview>> PreviewRetentionAsync(SignedInMember who, LocationId location, int days, CancellationToken ct);

    /// <summary>Sets how long card data of finished tokens is kept; also of those that are finished already.</summary>
    Task<Result<Location>> SetRetentionAsync(SignedInMember who, LocationId location, int days);
}

/// <summary>An account as its members set it up.</summary>
/// <param name="Id">Which.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Locations">Its locations, oldest first.</param>
public sealed record AccountOverview(AccountId Id, string Name, IReadOnlyList<Location> Locations);

/// <summary>What a shorter retention destroys as soon as it is set.</summary>
/// <param name="Days">The retention.</param>
/// <param name="Cards">Of how many finished tokens the card data, counted up to <see cref="CountedUpTo"/>.</param>
public sealed record RetentionPreview(int Days, int Cards)
{
    /// <summary>What is more than this is not counted.</summary>
    public const int CountedUpTo = 1_000;

    /// <summary>Whether there are more than were counted.</summary>
    public bool IsMore => Cards > CountedUpTo;
}
