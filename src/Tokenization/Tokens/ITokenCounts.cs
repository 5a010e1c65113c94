using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.Tokens;

/// <summary>How many tokens of one outcome were created in an hour.</summary>
/// <param name="Hour">Whole hours since 1970.</param>
/// <param name="Outcome">Which outcome.</param>
/// <param name="Tokens">How many, at least one.</param>
internal sealed record HourlyCount(long Hour, TokenOutcome Outcome, long Tokens);

/// <summary>Tokens counted by the hour.</summary>
internal interface ITokenCounts
{
    /// <summary>The counts from an hour on, those of tokens included that are not in the roll-up yet.</summary>
    Task<IReadOnlyList<HourlyCount>> ListAsync(Tenant tenant, long fromHour, CancellationToken ct);

    /// <summary>Whether a tenant has any token.</summary>
    Task<bool> AnyAsync(Tenant tenant, CancellationToken ct);
}
