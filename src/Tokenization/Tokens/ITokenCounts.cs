using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.Tokens;

/// <summary>The number of tokens with one outcome that were created in an hour.</summary>
/// <param name="Hour">The hour, as whole hours since 1970.</param>
/// <param name="Outcome">The outcome.</param>
/// <param name="Tokens">The number of tokens, at least one.</param>
internal sealed record HourlyCount(long Hour, TokenOutcome Outcome, long Tokens);

/// <summary>Reads the numbers of tokens by hour.</summary>
internal interface ITokenCounts
{
    /// <summary>Lists the counts from an hour on, including tokens that are not in the roll-up yet.</summary>
    Task<IReadOnlyList<HourlyCount>> ListAsync(Tenant tenant, long fromHour, CancellationToken ct);

    /// <summary>Whether a tenant has any token.</summary>
    Task<bool> AnyAsync(Tenant tenant, CancellationToken ct);
}
