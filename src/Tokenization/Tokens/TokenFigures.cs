namespace Dojo.Pci.Tokenization.Tokens;

/// <summary>How many tokens were created, and what came of their cards.</summary>
/// <param name="Now">The time it is for the tenant; in the sandbox, that of its own clock.</param>
/// <param name="Hours">The last 48 hours, oldest first; the last is the one that is running.</param>
/// <param name="Days">The last 30 days in UTC, oldest first; the last is the one that is running.</param>
/// <param name="HasTokens">Whether there is any token at all, however old.</param>
public sealed record TokenFigures(DateTimeOffset Now, IReadOnlyList<TokenCount> Hours, IReadOnlyList<TokenCount> Days, bool HasTokens);

/// <summary>The tokens of an hour or a day.</summary>
/// <param name="From">When it began.</param>
/// <param name="ByOutcome">How many of each outcome; an outcome that none had is missing.</param>
public sealed record TokenCount(DateTimeOffset From, IReadOnlyDictionary<TokenOutcome, long> ByOutcome)
{
    /// <summary>How many in all.</summary>
    public long Total => ByOutcome.Values.Sum();

    /// <summary>How many had an outcome.</summary>
    public long Of(TokenOutcome outcome) => ByOutcome.GetValueOrDefault(outcome);
}
