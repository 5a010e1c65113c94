namespace Dojo.Pci.Tokenization.Tokens;

/// <summary>How many tokens were created, and what came of their cards.</summary>
/// <param name="Now">The time it is for the tenant; in the sandbox, that of its own clock.</param>
/// <param name="Hours">The last 48 hours, oldest first; the last is the one that is running.</param>
/// <param name="Days">The last 60 days in the zone asked for, oldest first; the last is the one that is running.</param>
/// <param name="HasTokens">Whether there is any token at all, however old.</param>
public sealed record TokenMetrics(DateTimeOffset Now, IReadOnlyList<TokenCount> Hours, IReadOnlyList<TokenCount> Days, bool HasTokens)
{
    /// <summary>The tokens of the last hours together.</summary>
    /// <param name="hours">How many hours, at most 48; the last is the one that is running.</param>
    public TokenCount Last(int hours) => TokenCount.Sum([.. Hours.TakeLast(hours)]);

    /// <summary>The tokens of the last days together.</summary>
    /// <param name="days">How many days, at most 60; the last is the one that is running.</param>
    public TokenCount LastDays(int days) => TokenCount.Sum([.. Days.TakeLast(days)]);
}

/// <summary>The tokens of an hour or a day.</summary>
/// <param name="From">When it began.</param>
/// <param name="ByOutcome">How many of each outcome; an outcome that none had is missing.</param>
public sealed record TokenCount(DateTimeOffset From, IReadOnlyDictionary<TokenOutcome, long> ByOutcome)
{
    private static readonly TokenOutcome[] s_readingOrder =
        [TokenOutcome.Authorized, TokenOutcome.Declined, TokenOutcome.CardExpired, TokenOutcome.Unknown, TokenOutcome.Created];

    /// <summary>How many in all.</summary>
    public long Total => ByOutcome.Values.Sum();

    /// <summary>
    /// What the total is made of: each outcome that tokens had, in the order in which people read them. The parts add up to
    /// <see cref="Total"/>.
    /// </summary>
    public IEnumerable<(TokenOutcome Outcome, long Tokens)> Parts => s_readingOrder.Select(outcome => (outcome, Of(outcome))).Where(part => part.Item2 > 0);

    /// <summary>Tokens of several periods together.</summary>
    public static TokenCount Sum(IReadOnlyList<TokenCount> counts) => new(
        counts.Count > 0 ? counts[0].From : default,
        counts.SelectMany(count => count.ByOutcome).GroupBy(part => part.Key).ToDictionary(group => group.Key, group => group.Sum(part => part.Value)));

    /// <summary>How many had an outcome.</summary>
    public long Of(TokenOutcome outcome) => ByOutcome.GetValueOrDefault(outcome);
}
