using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tokenization.BackgroundJobs;

internal sealed class SandboxClock(IAccountStore accounts, LocationDirectory locations, DueSweep sweep, Settlements settlements, JobRunner runner, TimeProvider clock) : ISandboxClock
{
    private const int MostBatches = 20;

    private static readonly DateTimeOffset s_end = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public async Task<Result<SandboxTime>> AdvanceAsync(Tenant tenant, CalendarDuration by)
    {
        var real = clock.GetUtcNow();
        return await accounts.AdvanceSandboxClockAsync(tenant, Further, CancellationToken.None) is { } ahead
            ? await ArriveAsync(tenant, ahead)
            : Refuse("Advance");

        TimeSpan? Further(TimeSpan ahead) => by.TryAddTo(real + ahead, out var then) && then < s_end ? then - real : null;
    }

    public async Task<Result<SandboxTime>> SetAsync(Tenant tenant, DateTimeOffset instant) =>
        instant < await locations.NowAsync(tenant, CancellationToken.None) || instant >= s_end
            ? Refuse("Set")
            : await ArriveAsync(tenant, await accounts.MoveSandboxClockAsync(tenant, instant - clock.GetUtcNow(), CancellationToken.None));

    private static Refusal.Invalid Refuse(string field) =>
        new([new FieldError(field, $"The {field} field must move the clock forward, to a time before the year 2200.")]);

    private async Task<SandboxTime> ArriveAsync(Tenant tenant, TimeSpan ahead)
    {
        locations.Forget(tenant.Location);

        // What has become due is done before the caller gets the new time.
        await sweep.SweepAsync(tenant, int.MaxValue, CancellationToken.None);
        await SettleDueAsync(tenant);
        return new SandboxTime(await locations.NowAsync(tenant, CancellationToken.None), ahead);
    }

    // The sandbox's issuer answers at once. The background jobs do what is left after the last batch or was declined.
    private async Task SettleDueAsync(Tenant tenant)
    {
        for (var batch = 0; batch < MostBatches && await settlements.ListDueAsync(tenant, CancellationToken.None) is { Count: > 0 } due; batch++)
        {
            await runner.ForEachAsync(due, settlements.SettleDueAsync, CancellationToken.None);
        }
    }
}
