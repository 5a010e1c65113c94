using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Tokens;

internal sealed class TokenCounting(ITokenCounts counts, TenantAccess access, LocationDirectory locations) : ITokenFigures
{
    private const int ShownHours = 48;
    private const int ShownDays = 30;
    private const int HoursOfDay = 24;

    public async Task<Result<TokenFigures>> GetAsync(SignedInMember who, Tenant tenant, CancellationToken ct)
    {
        if (await access.RefuseAsync(who, Operation.ViewFigures, tenant, ct) is { } refusal)
        {
            return refusal;
        }

        var now = await locations.NowAsync(tenant, ct);
        var hour = now.ToUnixTimeSeconds() / (long)TimeSpan.FromHours(1).TotalSeconds;
        var firstHour = hour - ShownHours + 1;
        var firstDay = (hour / HoursOfDay) - ShownDays + 1;
        var counted = await counts.ListAsync(tenant, firstDay * HoursOfDay, ct);
        return new TokenFigures(
            now,
            Spread(counted.Where(count => count.Hour >= firstHour), firstHour, ShownHours, hours: 1),
            Spread(counted, firstDay, ShownDays, HoursOfDay),
            await counts.AnyAsync(tenant, ct));
    }

    // Hours and days without a token are there too, so that whoever draws them need not look for gaps.
    private static List<TokenCount> Spread(IEnumerable<HourlyCount> counted, long first, int length, int hours)
    {
        var byPeriod = counted.ToLookup(count => count.Hour / hours);
        return
        [
            .. Enumerable.Range(0, length).Select(index => new TokenCount(
                DateTimeOffset.UnixEpoch.AddHours((first + index) * hours),
                byPeriod[first + index].GroupBy(count => count.Outcome).ToDictionary(group => group.Key, group => group.Sum(count => count.Tokens)))),
        ];
    }
}
