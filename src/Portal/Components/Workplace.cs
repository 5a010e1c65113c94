using Dojo.Pci.Tokenization.Accounts;
using Microsoft.AspNetCore.WebUtilities;

namespace Dojo.Pci.Portal.Components;

/// <summary>What a page is about: a location of the member's account, and sandbox or production. Both stand in the address.</summary>
/// <param name="Location">The location.</param>
/// <param name="Environment">Sandbox or production.</param>
/// <param name="Locations">All locations of the account, oldest first.</param>
public sealed record Workplace(Location Location, TenantEnvironment Environment, IReadOnlyList<Location> Locations)
{
    /// <summary>The location's name in an address.</summary>
    public const string LocationParameter = "location";

    /// <summary>The environment's name in an address.</summary>
    public const string EnvironmentParameter = "env";

    /// <summary>Whose data the page shows.</summary>
    public Tenant Tenant => new(Location.Account, Location.Id, Environment);

    /// <summary>The environment's word in an address.</summary>
    public string EnvironmentWord => WordFor(Environment);

    /// <summary>
    /// Reads an address. What it does not say, or says of no location of the account, is the account's oldest location and the
    /// sandbox.
    /// </summary>
    public static Workplace Of(IReadOnlyList<Location> locations, string uri)
    {
        var query = QueryHelpers.ParseQuery(new Uri(uri).Query);
        var slug = query.TryGetValue(LocationParameter, out var named) ? named.ToString() : null;
        var isProduction = query.TryGetValue(EnvironmentParameter, out var word) && word.ToString() == WordFor(TenantEnvironment.Production);
        return new Workplace(
            locations.FirstOrDefault(location => location.Slug == slug) ?? locations[0],
            isProduction ? TenantEnvironment.Production : TenantEnvironment.Sandbox,
            locations);
    }

    private static string WordFor(TenantEnvironment environment) => environment == TenantEnvironment.Production ? "production" : "sandbox";
}
