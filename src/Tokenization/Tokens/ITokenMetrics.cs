using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Tokens;

/// <summary>Counts of tokens over time, for anyone who may see figures.</summary>
public interface ITokenMetrics
{
    /// <summary>The figures of a tenant, up to the last token; or <see cref="Refusal.NotFound"/> where it is not of the member's account.</summary>
    /// <param name="who">Who asks.</param>
    /// <param name="tenant">Whose tokens.</param>
    /// <param name="zone">In which time zone days are counted. An hour belongs to the day in which it begins.</param>
    /// <param name="ct">Cancels.</param>
    Task<Result<TokenMetrics>> GetAsync(SignedInMember who, Tenant tenant, TimeZoneInfo zone, CancellationToken ct);
}
