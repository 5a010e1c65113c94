using Dojo.Pci.Tokenization.Accounts;
using Microsoft.AspNetCore.WebUtilities;

namespace Dojo.Pci.Portal;

/// <summary>The tenant whose data a page shows: a location of the member's account, and sandbox or production. The address names both.</summary>
/// <param name="Location">The location.</param>
/// <param name="Environment">Sandbox or production.</param>
/// <param name="Locations">All locations of the account, oldest first.</param>
public sealed record SelectedTenant(Location Location, TenantEnvironment Environment, IReadOnlyList<Location> Locations)
{
    private static readonly TenantEnvironment[] s_environments = Enum.GetValues<TenantEnvironment>();

    /// <summary>The query parameter that names the location.</summary>
    public const string LocationParameter = "location";

    /// <summary>The query parameter that names the environment.</summary>
    public const string EnvironmentParameter = "env";

    /// <summary>Why this differs from what the address asked for, naming the parameter but not its value; null if it does not differ.</summary>
    public string? Fault { get; init; }

    /// <summary>Whose data the page shows.</summary>
    public Tenant Tenant => new(Location.Account, Location.Id, Environment);

    /// <summary>The environment's value in an address.</summary>
    public string EnvironmentWord => WordFor(Environment);

    /// <summary>
    /// Reads an address. The defaults are the account's oldest location and the sandbox. If the address names a location that the account
    /// does not have, or an unknown environment, <see cref="Fault"/> says so, and the page must not show other data instead.
    /// </summary>
    public static SelectedTenant Of(IReadOnlyList<Location> locations, string uri)
    {
        var query = QueryHelpers.ParseQuery(new Uri(uri).Query);
        var slug = query.TryGetValue(LocationParameter, out var named) ? named.ToString() : null;
        var word = query.TryGetValue(EnvironmentParameter, out var said) ? said.ToString() : null;
        var (location, environment) = (locations.FirstOrDefault(location => location.Slug == slug), Named(word));
        return new SelectedTenant(location ?? locations[0], environment ?? TenantEnvironment.Sandbox, locations)
        {
            Fault = !string.IsNullOrEmpty(slug) && location is null ? $"The parameter {LocationParameter} of the address names no location of this account."
                : !string.IsNullOrEmpty(word) && environment is null ? $"The parameter {EnvironmentParameter} of the address must be {string.Join(" or ", s_environments.Select(WordFor))}."
                : environment == TenantEnvironment.Production && location?.VanishesAt is not null ? "A throwaway sandbox has no production environment."
                : null,
        };
    }

    private static TenantEnvironment? Named(string? word) =>
        s_environments.Where(environment => WordFor(environment).Equals(word, StringComparison.OrdinalIgnoreCase)).Cast<TenantEnvironment?>().FirstOrDefault();

    private static string WordFor(TenantEnvironment environment) => environment == TenantEnvironment.Production ? "production" : "sandbox";
}
