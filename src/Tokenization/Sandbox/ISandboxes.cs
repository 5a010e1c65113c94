using System.Net;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Sandbox;

/// <summary>
/// Throwaway sandboxes: new locations with a limited lifetime, such as one for each run of a test suite. Each is created immediately with its own key,
/// and vanishes with everything that belongs to it. <see cref="SandboxOptions"/> limits their number and lifetime.
/// </summary>
public interface ISandboxes
{
    /// <summary>The default lifetime of a throwaway sandbox.</summary>
    static TimeSpan UsualLifetime { get; } = TimeSpan.FromHours(1);

    /// <summary>The shortest allowed lifetime.</summary>
    static TimeSpan ShortestLifetime { get; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest allowed lifetime.</summary>
    TimeSpan LongestLifetime { get; }

    /// <summary>Creates a throwaway sandbox. Its key has the scopes and allowed networks of the requesting key.</summary>
    /// <param name="key">The requesting key, which must not be of a throwaway sandbox.</param>
    /// <param name="address">The address from which the request came.</param>
    /// <param name="lifetime">The lifetime; null for <see cref="UsualLifetime"/>, or <see cref="LongestLifetime"/> if that is shorter.</param>
    /// <returns>
    /// The sandbox; <see cref="Refusal.Invalid"/> for a lifetime out of bounds, <see cref="Refusal.Conflict"/> if there are too many or the key is of a
    /// throwaway sandbox.
    /// </returns>
    Task<Result<MadeSandbox>> CreateAsync(ApiKey key, IPAddress? address, TimeSpan? lifetime);

    /// <summary>Lists the throwaway sandboxes that the keys of a location have made, and the location itself if it is one; newest first.</summary>
    Task<IReadOnlyList<ThrowawaySandbox>> ListAsync(Tenant tenant, CancellationToken ct);

    /// <summary>
    /// Removes a throwaway sandbox that a key of the same location has made, or the one that the caller's key belongs to. Its keys are refused from then
    /// on; its data is erased in the background.
    /// </summary>
    /// <returns>Null, or <see cref="Refusal.NotFound"/>.</returns>
    Task<Refusal?> RemoveAsync(Caller caller, string id);

    /// <summary>
    /// Creates a throwaway sandbox for a member, with a key that has all scopes. Refuses what the other overload and <see cref="RoleTable"/> refuse.
    /// </summary>
    Task<Result<MadeSandbox>> CreateAsync(SignedInMember who, Location madeBy, TimeSpan? lifetime);

    /// <summary>Lists all throwaway sandboxes of the member's account, newest first.</summary>
    Task<Result<ThrowawaySandboxes>> ListAsync(SignedInMember who, CancellationToken ct);

    /// <summary>Removes a throwaway sandbox of the member's account.</summary>
    Task<Refusal?> RemoveAsync(SignedInMember who, string id);
}
