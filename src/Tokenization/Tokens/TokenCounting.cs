using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Tokens;

internal sealed class TokenCounting(ITokenCounts counts, TenantAccess access, LocationDirectory locations) : ITokenMetrics
{
    private const int ShownHours = 48;
    private const int ShownDays = 60;

    public async Task<Result<TokenMetrics>> GetAsync(SignedInMember who, Tenant tenant, TimeZoneInfo zone, CancellationToken ct)
    {
        if (await access.RefuseAsync(who, Operation.ViewMetrics, tenant, ct) is { } refusal)
        {
            return refusal;
        }

        var now = await locations.NowAsync(tenant, ct);
        var firstHour = HourOf(now) - ShownHours + 1;
        var firstDay = TimeZones.DayOf(now, zone).AddDays(1 - ShownDays);
        var counted = await counts.ListAsync(tenant, HourOf(TimeZones.StartOf(firstDay, zone)), ct);
        var byHour = counted.ToLookup(count => count.Hour);
        var byDay = counted.ToLookup(count => TimeZones.DayOf(StartOf(count.Hour), zone));

        // Includes hours and days without tokens, so that a chart has no gaps.
        return new TokenMetrics(
            now,
            [.. Enumerable.Range(0, ShownHours).Select(index => Sum(StartOf(firstHour + index), byHour[firstHour + index]))],
            [.. Enumerable.Range(0, ShownDays).Select(firstDay.AddDays).Select(day => Sum(TimeZones.StartOf(day, zone), byDay[day]))],
            await counts.AnyAsync(tenant, ct));
    }

    private static long HourOf(DateTimeOffset at) => at.ToUnixTimeSeconds() / (long)TimeSpan.FromHours(1).TotalSeconds;

    private static DateTimeOffset StartOf(long hour) => DateTimeOffset.UnixEpoch.AddHours(hour);

    private static TokenCount Sum(DateTimeOffset from, IEnumerable<HourlyCount> counted) =>
        new(from, counted.GroupBy(count => count.Outcome).ToDictionary(group => group.Key, group => group.Sum(count => count.Tokens)));
}
