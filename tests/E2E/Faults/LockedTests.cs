using System.Diagnostics;
using System.Net;
using Dojo.Pci.Tests.E2E.Infrastructure;

namespace Dojo.Pci.Tests.E2E.Faults;

/// <summary>Another program locks the database, and later releases it.</summary>
[Trait("Length", "Long")]
public sealed class LockedTests
{
    // The promise is the busy timeout of five seconds; the rest allows for a slow machine.
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(7);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_another_process_holds_the_database_nobody_waits_long_readers_go_on_and_its_end_is_noticed_at_once()
    {
        await using var portal = await PortalProcess.StartAsync(ct: Ct);
        var caller = await Caller.OfAsync(portal);
        await caller.TokenizeAsync(20);

        await using (await DatabaseFile.HoldAsync(portal, "BEGIN EXCLUSIVE"))
        {
            var waited = Stopwatch.StartNew();
            var crowd = Task.WhenAll(Enumerable.Range(0, 20).Select(_ => caller.TokenizeAsync()));
            await portal.ShouldTurnRedAsync("The database");
            (await caller.ReadAsync(caller.Acknowledged.First())).Status.ShouldBe(HttpStatusCode.OK);
            foreach (var refused in await crowd)
            {
                Caller.ShouldBeUnavailable(refused, "The database is locked.");
            }

            waited.Elapsed.ShouldBeLessThan(s_longestWait);

            // From now on the portal knows about the lock, and callers no longer wait for it.
            waited.Restart();
            Caller.ShouldBeUnavailable(await caller.TokenizeAsync(), "The database is locked.");
            waited.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(1));
            await portal.ShouldTurnRedAsync("The database is locked.");
        }

        await portal.ShouldBeGreenAsync();
        await caller.TokenizeAsync(20);
        await caller.ShouldFindAllAcknowledgedAsync();
    }
}
