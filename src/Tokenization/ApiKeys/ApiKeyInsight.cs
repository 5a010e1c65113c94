using System.Net;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.ApiKeys;

internal sealed class ApiKeyInsight(
    IApiKeyStore keys, IApiKeyUsageStore usage, IAuditStore audit, IOperationScopes operations, ApiKeyAccess access, TimeProvider clock) : IApiKeyInsight
{
    private const int Forbidden = 403;
    private const int AddressesShown = 8;
    private const int ExamplesShown = 5;
    private const int EntriesShown = 20;
    private static readonly TimeSpan s_triedOn = TimeSpan.FromDays(AffectedUse.DaysCounted);

    private DateTimeOffset Now => clock.GetUtcNow();

    public Task<Result<ApiKeyUsageReport>> ReportAsync(SignedInMember who, Tenant tenant, ApiKeyId id, TimeZoneInfo zone, CancellationToken ct) => WithKeyAsync<ApiKeyUsageReport>(who, tenant, id, async key =>
    {
        var first = TimeZones.DayOf(Now, zone).AddDays(1 - ApiKeyUsageReport.DaysCounted);
        var from = TimeZones.StartOf(first, zone);
        var hours = await usage.HoursAsync(tenant, id, from, ct);
        var kinds = await usage.KindsAsync(tenant, id, from, ct);
        var addresses = AddressesOf(kinds);
        return new ApiKeyUsageReport(
            ApiKeyDays.Fill(hours[id], first, ApiKeyUsageReport.DaysCounted, zone),
            OperationsOf(kinds),
            [.. addresses.Take(AddressesShown)],
            addresses.Count,
            key.Key.Scopes & ~UsedScopes(kinds),
            key.Key.CreatedAt > Now.AddDays(-ApiKeyUsageReport.DaysCounted));
    }, ct);

    public Task<Result<ApiKeyDryRun>> TryAsync(SignedInMember who, Tenant tenant, ApiKeyId id, ApiKeyLimits limits, CancellationToken ct) => WithKeyAsync<ApiKeyDryRun>(who, tenant, id, async key =>
    {
        var errors = new FieldErrors();
        var tried = key.Key with { Scopes = ApiKeyRules.Scopes(errors, limits.Scopes, tenant.Environment), AllowedNetworks = ApiKeyRules.Networks(errors, limits.AllowedAddresses) };
        if (limits.ExpiresAt != key.Key.ExpiresAt)
        {
            if (!key.CanExpireLaterAt(Now))
            {
                return ApiKeyAccess.ExpiredForGood;
            }

            ApiKeyRules.ToCome(errors, ApiKeyRules.ExpiryField, limits.ExpiresAt, Now);
        }

        if (errors.Any)
        {
            return errors.ToRefusal();
        }

        var passed = await PassedAsync(tenant, id, ct);
        var refused = passed.Where(kind => !tried.Scopes.HasFlag(operations.ScopeOf(kind.Method, kind.Route)!.Value) || !tried.AllowsAddress(kind.Address)).ToList();
        var endsSooner = limits.ExpiresAt is { } end && !(key.Key.ExpiresAt <= end);
        return new ApiKeyDryRun(
            passed.Sum(kind => kind.Requests), refused.Sum(kind => kind.Requests), endsSooner, await AffectedAsync(tenant, id, refused.Count == 0 && endsSooner ? passed : refused, ct));
    }, ct);

    public Task<Result<AffectedUse>> FindUseAsync(SignedInMember who, Tenant tenant, ApiKeyId id, CancellationToken ct) =>
        WithKeyAsync<AffectedUse>(who, tenant, id, async _ => await AffectedAsync(tenant, id, await PassedAsync(tenant, id, ct), ct), ct);

    public Task<Result<RollMeter>> MeterAsync(SignedInMember who, Tenant tenant, ApiKeyId id, CancellationToken ct) => WithKeyAsync<RollMeter>(who, tenant, id, async key =>
    {
        var other = (key.Successor ?? key.Predecessor) is { } named ? await keys.FindAsync(tenant, named, ct) : null;
        if (other is null)
        {
            return new Refusal.WrongState("The key was not rolled.");
        }

        var now = Now;
        var first = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero).AddMinutes(1 - RollMeter.Minutes);
        var minutes = await usage.MinutesAsync(tenant, key.Key.Id, other.Key.Id, first, ct);
        var (here, there) = (MeterOf(key, minutes, first), MeterOf(other, minutes, first));
        return key.Successor is not null ? new RollMeter(first, here, there) : new RollMeter(first, there, here);
    }, ct);

    public Task<Result<ApiKeyAuditTrail>> AuditTrailAsync(SignedInMember who, Tenant tenant, ApiKeyId id, CancellationToken ct) =>
        WithKeyAsync<ApiKeyAuditTrail>(who, tenant, id, async key => new ApiKeyAuditTrail(await audit.ListAsync(who.Account, key.Key.Id.Subject, before: null, EntriesShown, ct)), ct);

    private async Task<Result<T>> WithKeyAsync<T>(SignedInMember who, Tenant tenant, ApiKeyId id, Func<ManagedApiKey, Task<Result<T>>> read, CancellationToken ct)
        where T : class
    {
        if (await access.RefuseReadingAsync(who, tenant, id.Subject) is { } refusal)
        {
            return refusal;
        }

        return await keys.FindAsync(tenant, id, ct) is { } key ? await read(key) : ApiKeyAccess.NoSuchKey;
    }

    private ApiKeyScopes UsedScopes(IEnumerable<CountedRequests> kinds) =>
        kinds.Where(kind => kind.Status != Forbidden).Aggregate(ApiKeyScopes.None, (used, kind) => used | (operations.ScopeOf(kind.Method, kind.Route) ?? ApiKeyScopes.None));

    // Leaves out requests that were refused before the limits of the key were checked, or because of them: other limits cannot make them fail.
    private async Task<List<CountedRequests>> PassedAsync(Tenant tenant, ApiKeyId id, CancellationToken ct) =>
        [.. (await usage.KindsAsync(tenant, id, Now - s_triedOn, ct)).Where(kind => kind.Status != Forbidden && operations.ScopeOf(kind.Method, kind.Route) is not null)];

    private async Task<AffectedUse> AffectedAsync(Tenant tenant, ApiKeyId id, List<CountedRequests> kinds, CancellationToken ct)
    {
        var addresses = AddressesOf(kinds);
        return new AffectedUse(kinds.Sum(kind => kind.Requests), OperationsOf(kinds), [.. addresses.Take(AddressesShown)], addresses.Count, await ExamplesAsync(tenant, id, kinds, ct));
    }

    private List<UsedOperation> OperationsOf(IEnumerable<CountedRequests> kinds) =>
    [
        .. kinds.GroupBy(kind => (kind.Method, kind.Route))
            .Select(group => new UsedOperation(group.Key.Method, group.Key.Route, operations.ScopeOf(group.Key.Method, group.Key.Route), group.Sum(kind => kind.Requests), group.Max(kind => kind.LastHour)))
            .OrderByDescending(operation => operation.Requests),
    ];

    private static List<UsedAddress> AddressesOf(IEnumerable<CountedRequests> kinds) =>
    [
        .. kinds.GroupBy(kind => kind.Address)
            .Select(group => new UsedAddress(group.Key, group.Sum(kind => kind.Requests), group.Max(kind => kind.LastHour))).OrderByDescending(address => address.Requests),
    ];

    // One example of each kind if there are many kinds, more of each if there are few.
    private async Task<IReadOnlyList<RefusedExample>> ExamplesAsync(Tenant tenant, ApiKeyId id, List<CountedRequests> kinds, CancellationToken ct)
    {
        if (kinds.Count == 0)
        {
            return [];
        }

        var latest = kinds.OrderByDescending(kind => kind.LastHour).ThenByDescending(kind => kind.Requests).Take(ExamplesShown).ToList();
        var mostOfEach = (ExamplesShown + latest.Count - 1) / latest.Count;
        return [.. (await usage.NewestAsync(tenant, id, latest, mostOfEach, ct)).OrderByDescending(example => example.At).Take(ExamplesShown)];
    }

    private static MeteredApiKey MeterOf(ManagedApiKey key, IReadOnlyList<CountedMinute> minutes, DateTimeOffset first)
    {
        var mine = minutes.Where(minute => minute.Key == key.Key.Id).ToList();
        var addresses = mine.GroupBy(minute => minute.Address).Select(group => new MeteredAddress(group.Key, PerMinute(group, first)))
            .OrderByDescending(address => address.PerMinute.Sum()).ThenBy(address => address.Address?.ToString(), StringComparer.Ordinal).ToList();
        return new MeteredApiKey(key, PerMinute(mine, first), [.. addresses.Take(AddressesShown)], addresses.Count);
    }

    private static long[] PerMinute(IEnumerable<CountedMinute> counted, DateTimeOffset first)
    {
        var minutes = new long[RollMeter.Minutes];
        foreach (var minute in counted)
        {
            // Requests that arrived after we read the clock may fall outside.
            var index = (int)(minute.Minute - first).TotalMinutes;
            if (index >= 0 && index < minutes.Length)
            {
                minutes[index] += minute.Requests;
            }
        }

        return minutes;
    }
}
