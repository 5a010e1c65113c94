using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Tokens;

/// <summary>Counts tokens over time, for members who may view metrics.</summary>
public interface ITokenMetrics
{
    /// <summary>Returns the metrics of a tenant, including the newest tokens; or <see cref="Refusal.NotFound"/> for a location outside the member's account.</summary>
    /// <param name="who">The member who asks.</param>
    /// <param name="tenant">The tenant whose tokens to count.</param>
    /// <param name="zone">The time zone in which days are counted. An hour belongs to the day in which it begins.</param>
    /// <param name="ct">Cancels the call.</param>
    Task<Result<TokenMetrics>> GetAsync(SignedInMember who, Tenant tenant, TimeZoneInfo zone, CancellationToken ct);
}
