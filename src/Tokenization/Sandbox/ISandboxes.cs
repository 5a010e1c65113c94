using System.Net;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Sandbox;

/// <summary>
/// Throwaway sandboxes: fresh locations for a while, such as one for each run of a test suite. Each is made at once with a key of its own,
/// and vanishes with all that belongs to it. They are bounded in number and time by <see cref="SandboxOptions"/>.
/// </summary>
public interface ISandboxes
{
    /// <summary>How long one lives where nothing else was said.</summary>
    static TimeSpan UsualLifetime { get; } = TimeSpan.FromHours(1);

    /// <summary>The shortest that one may live.</summary>
    static TimeSpan ShortestLifetime { get; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest that one may live.</summary>
    TimeSpan LongestLifetime { get; }

    /// <summary>Makes one. Its key may do what the one that asks for it may, from the same addresses.</summary>
    /// <param name="key">The key that asks: of a sandbox that stays.</param>
    /// <param name="address">From where.</param>
    /// <param name="lifetime">How long it is to live; null for <see cref="UsualLifetime"/>.</param>
    /// <returns>The sandbox; <see cref="Refusal.Invalid"/> for a lifetime out of bounds, <see cref="Refusal.Conflict"/> where there are too many or the key is of a throwaway sandbox.</returns>
    Task<Result<MadeSandbox>> CreateAsync(ApiKey key, IPAddress? address, TimeSpan? lifetime);

    /// <summary>Those that the keys of a location have made, newest first.</summary>
    Task<IReadOnlyList<ThrowawaySandbox>> ListAsync(Tenant tenant, CancellationToken ct);

    /// <summary>Removes one that a key of the same location has made, or the one that the caller's key is of. Its keys are refused from then on; its data follows in the background.</summary>
    /// <returns>Null, or <see cref="Refusal.NotFound"/>.</returns>
    Task<Refusal?> RemoveAsync(Caller caller, string id);

    /// <summary>Makes one for a member, whose key may do everything. Refusals are those of the other overload, and what <see cref="RoleTable"/> refuses.</summary>
    Task<Result<MadeSandbox>> CreateAsync(SignedInMember who, Location madeBy, TimeSpan? lifetime);

    /// <summary>All throwaway sandboxes of the member's account, newest first.</summary>
    Task<Result<ThrowawaySandboxes>> ListAsync(SignedInMember who, CancellationToken ct);

    /// <summary>Removes one of the member's account.</summary>
    Task<Refusal?> RemoveAsync(SignedInMember who, string id);
}
