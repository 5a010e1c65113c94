using System.Net;
using System.Text.Json;
using Dojo.Pci.Tests.E2E.Api;
using Dojo.Pci.Tests.E2E.Infrastructure;

namespace Dojo.Pci.Tests.E2E.Faults;

/// <summary>
/// Money and events survive a process that is killed during captures and refunds: nothing acknowledged is lost, nothing is moved twice, and a
/// receiver gets an event for each committed change and for nothing else.
/// </summary>
[Trait("Length", "Long")]
public sealed class MoneyCrashTests
{
    private const int Kills = 6;
    private const int Callers = 12;
    private const int LongestLife = 400; // milliseconds under load before a kill
    private const int Seed = 4711;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kills_while_captures_refunds_and_events_are_written_lose_nothing_and_move_nothing_twice()
    {
        using var receiver = new EventReceiver();
        await using var portal = await PortalProcess.StartAsync(
            new PortalSettings { Variables = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Webhooks__AllowLocalhost"] = "true" } }, Ct);
        var shop = new Shop(portal.Client, await Calls.FirstKeyAsync(portal));
        var body = JsonSerializer.Serialize(new { events = new[] { "payment_intent.status_updated", "refund.created", "refund.status_updated" }, url = receiver.Address });
        (await shop.SendAsync(HttpMethod.Post, "webhooks", body)).Status.ShouldBe(HttpStatusCode.OK);
        var money = await MoneyLoad.PrepareAsync(shop);
        var moments = new Random(Seed); // the same moments in each run

        for (var kill = 1; kill <= Kills; kill++)
        {
            using var life = CancellationTokenSource.CreateLinkedTokenSource(Ct);
            var load = Enumerable.Range(0, Callers).Select(caller => money.MoveAsync(isCapture: caller % 2 == 0, life.Token)).ToArray();
            await money.UntilMoreIsAcknowledgedAsync();
            await Task.Delay(moments.Next(LongestLife), Ct);
            await portal.KillAsync(Ct);
            await life.CancelAsync();
            await Task.WhenAll(load);
            await EndLeasesAsync(portal);
            await portal.StartAgainAsync(Ct);
        }

        money.Acknowledged.ShouldBePositive("something was acknowledged, or nothing is proved");
        await money.RepeatAllAsync();
        await money.ShouldHaveMovedEachOnceAsync();
        var queued = await CountQueuedAsync(portal);
        await receiver.WaitForAsync(queued, s_patience);
        money.ShouldHaveToldEach(receiver.Events, queued);
        await DatabaseFile.ShouldBeSoundAsync(portal);
    }

    // Simulates the passing of the two minutes during which an attempt belongs to the process that was killed.
    private static async Task EndLeasesAsync(PortalProcess portal)
    {
        await using var connection = await DatabaseFile.HoldAsync(portal, "UPDATE payment_settlements SET attempt_until = 0 WHERE attempt_until IS NOT NULL");
    }

    private static async Task<int> CountQueuedAsync(PortalProcess portal)
    {
        await using var connection = await DatabaseFile.HoldAsync(portal, "SELECT 1");
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT last_sequence FROM webhook_subscriptions";
        return (int)(long)(await command.ExecuteScalarAsync(Ct))!;
    }
}
