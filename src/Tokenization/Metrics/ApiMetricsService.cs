using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Metrics;

internal sealed class ApiMetricsService(IApiMetricsStore store, IMemberPreferences preferences, OperationGate gate, TimeProvider clock) : IApiMetrics
{
    private const int ClassOfRefusals = 4;
    private const int ClassOfFailures = 5;

    public Task<Result<ApiMetrics>> ReadAsync(SignedInMember who, Tenant tenant, int hours, CancellationToken ct, int ago = 0) =>
        AskAsync<ApiMetrics>(who, tenant, Operation.ViewMetrics, async () =>
        {
            var last = MetricHours.Of(clock.GetUtcNow()) - Math.Clamp(ago, 0, IApiMetrics.MostHours);
            var first = last - Math.Clamp(hours, 1, IApiMetrics.MostHours) + 1;
            return Sum(await store.ReadAsync(tenant, first, last, ct), first, last);
        }, ct);

    public Task<Result<FirstSteps>> ReadFirstStepsAsync(SignedInMember who, Tenant tenant, CancellationToken ct) =>
        AskAsync<FirstSteps>(who, tenant, Operation.ViewMetrics, async () =>
        {
            var steps = await store.ReadFirstStepsAsync(tenant, ct);
            return steps.AreDone ? steps : steps with { AreDismissed = (await preferences.GetAsync(who, ct)).HasDismissedFirstSteps };
        }, ct);

    public Task<Result<ExpiringKeys>> ListExpiringKeysAsync(SignedInMember who, Tenant tenant, CancellationToken ct) =>
        AskAsync<ExpiringKeys>(who, tenant, Operation.ViewApiKeys, async () =>
        {
            var now = clock.GetUtcNow();
            return new ExpiringKeys(await store.ListExpiringKeysAsync(tenant, now, now + IApiMetrics.Soon, ct));
        }, ct);

    private static ApiMetrics Sum(IReadOnlyList<ApiCount> counts, long first, long last)
    {
        var byHour = counts.ToLookup(count => count.Hour);
        var hours = new List<ApiHour>();
        for (var hour = first; hour <= last; hour++)
        {
            var (refused, failed) = (CountOf(byHour[hour], ClassOfRefusals), CountOf(byHour[hour], ClassOfFailures));
            hours.Add(new ApiHour(MetricHours.Start(hour), byHour[hour].Sum(count => count.Requests) - refused - failed, refused, failed));
        }

        var latencies = counts.GroupBy(count => count.Bucket).ToDictionary(group => group.Key, group => group.Sum(count => count.Requests));
        return new ApiMetrics(hours, LatencyBuckets.Percentile(latencies, 0.5), LatencyBuckets.Percentile(latencies, 0.99));
    }

    private static long CountOf(IEnumerable<ApiCount> counts, int statusClass) => counts.Where(count => count.StatusClass == statusClass).Sum(count => count.Requests);

    private async Task<Result<T>> AskAsync<T>(SignedInMember who, Tenant tenant, Operation operation, Func<Task<Result<T>>> ask, CancellationToken ct)
        where T : class
    {
        if (await gate.RefuseAsync(who, operation, $"location:{tenant.Location.Value}") is { } refusal)
        {
            return refusal;
        }

        return who.Account == tenant.Account && await store.ExistsAsync(tenant, ct) ? await ask() : new Refusal.NotFound("There is no such location.");
    }
}
