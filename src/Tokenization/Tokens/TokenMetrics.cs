namespace Dojo.Pci.Tokenization.Tokens;

/// <summary>The numbers of tokens created over time, by the outcome for their cards.</summary>
/// <param name="Now">The tenant's current time; in the sandbox, the time of its own clock.</param>
/// <param name="Hours">The last 48 hours, oldest first; the last one is the current hour.</param>
/// <param name="Days">The last 60 days in the requested time zone, oldest first; the last one is the current day.</param>
/// <param name="HasTokens">Whether there is any token, however old.</param>
public sealed record TokenMetrics(DateTimeOffset Now, IReadOnlyList<TokenCount> Hours, IReadOnlyList<TokenCount> Days, bool HasTokens)
{
    /// <summary>Sums the tokens of the last hours.</summary>
    /// <param name="hours">The number of hours, at most 48; the last one is the current hour.</param>
    public TokenCount Last(int hours) => TokenCount.Sum([.. Hours.TakeLast(hours)]);

    /// <summary>Sums the tokens of the last days.</summary>
    /// <param name="days">The number of days, at most 60; the last one is the current day.</param>
    public TokenCount LastDays(int days) => TokenCount.Sum([.. Days.TakeLast(days)]);
}

/// <summary>The number of tokens created in an hour, a day or another period.</summary>
/// <param name="From">When the period began.</param>
/// <param name="ByOutcome">The number of tokens by outcome; outcomes without tokens are missing.</param>
public sealed record TokenCount(DateTimeOffset From, IReadOnlyDictionary<TokenOutcome, long> ByOutcome)
{
    private static readonly TokenOutcome[] s_readingOrder =
        [TokenOutcome.Authorized, TokenOutcome.Declined, TokenOutcome.CardExpired, TokenOutcome.Unknown, TokenOutcome.Created];

    /// <summary>The total number of tokens.</summary>
    public long Total => ByOutcome.Values.Sum();

    /// <summary>
    /// The parts of the total: each outcome that tokens had, in the order in which people read them. The parts add up to
    /// <see cref="Total"/>.
    /// </summary>
    public IEnumerable<(TokenOutcome Outcome, long Tokens)> Parts => s_readingOrder.Select(outcome => (outcome, Of(outcome))).Where(part => part.Item2 > 0);

    /// <summary>Sums the tokens of several periods.</summary>
    public static TokenCount Sum(IReadOnlyList<TokenCount> counts) => new(
        counts.Count > 0 ? counts[0].From : default,
        counts.SelectMany(count => count.ByOutcome).GroupBy(part => part.Key).ToDictionary(group => group.Key, group => group.Sum(part => part.Value)));

    /// <summary>Returns the number of tokens with an outcome.</summary>
    public long Of(TokenOutcome outcome) => ByOutcome.GetValueOrDefault(outcome);
}
