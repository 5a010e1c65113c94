using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Runtime.Versioning;
using System.Text.Json;
using Dojo.Pci.Tests.E2E.Faults;

namespace Dojo.Pci.Tests.E2E.Nodes;

/// <summary>
/// Two nodes under load while nodes are killed, database connections are terminated, PostgreSQL is killed and the network to it is cut: nothing
/// acknowledged is lost, no money is moved twice, and each event arrives. For long manual runs, <c>PORTAL_TEST_NODE_FAULTS</c> sets the number of
/// faults, of four kinds in turn, and <c>PORTAL_TEST_TERMINATIONS</c> how often in a row connections are terminated.
/// </summary>
[Trait("Length", "Long")]
[UnsupportedOSPlatform("windows")]
public sealed class NodeFaultsTests
{
    private const int Callers = 6;
    private const int LongestLoad = 1500; // milliseconds before a fault
    private const int LongestPause = 500; // milliseconds between two terminations: some hit nodes that are reconnecting
    private const int Seed = 4711;
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2) + TimeSpan.FromSeconds(Terminations); // a longer load queues more events

    private readonly ConcurrentBag<string> _acknowledged = [];
    private int _calls;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static int Faults => int.Parse(Environment.GetEnvironmentVariable("PORTAL_TEST_NODE_FAULTS") ?? "4", CultureInfo.InvariantCulture);

    // How often in a row that fault terminates all connections of the nodes.
    private static int Terminations => int.Parse(Environment.GetEnvironmentVariable("PORTAL_TEST_TERMINATIONS") ?? "1", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Whatever_fails_nothing_that_was_acknowledged_is_lost_nothing_is_moved_twice_and_each_event_arrives()
    {
        using var receiver = new EventReceiver();
        await using var fleet = await Fleet.StartAsync(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Webhooks__AllowLocalhost"] = "true" });
        var shop = new Shop(fleet.Client, await fleet.FirstKeyAsync());
        var body = JsonSerializer.Serialize(new { events = new[] { "payment_intent.status_updated", "refund.created", "refund.status_updated" }, url = receiver.Address });
        (await shop.SendAsync(HttpMethod.Post, "webhooks", body)).Status.ShouldBe(HttpStatusCode.OK);
        var money = await MoneyLoad.PrepareAsync(shop, count: 4 + (Terminations / 4));
        var moments = new Random(Seed);

        for (var fault = 0; fault < Faults; fault++)
        {
            using var life = CancellationTokenSource.CreateLinkedTokenSource(Ct);
            var load = Enumerable.Range(0, Callers).Select(caller => caller % 3 == 2 ? TokenizeAsync(shop, life.Token) : money.MoveAsync(isCapture: caller % 3 == 0, life.Token)).ToArray();
            await money.UntilMoreIsAcknowledgedAsync();
            await Task.Delay(moments.Next(LongestLoad), Ct);
            await FailAsync(fleet, fault, moments);
            await life.CancelAsync();
            await Task.WhenAll(load);
            await fleet.UntilItServesAsync();
        }

        // Simulates the passing of the two minutes during which an attempt belongs to the process that was killed.
        fleet.Database.Run("portal", "UPDATE payment_settlements SET attempt_until = 0 WHERE attempt_until IS NOT NULL");
        money.Acknowledged.ShouldBePositive("something was acknowledged, or nothing is proved");
        _acknowledged.ShouldNotBeEmpty("something was acknowledged, or nothing is proved");
        await money.RepeatAllAsync();
        await money.ShouldHaveMovedEachOnceAsync();
        foreach (var token in _acknowledged)
        {
            (await shop.SendAsync(HttpMethod.Get, $"setup-intents/{token}")).Status.ShouldBe(HttpStatusCode.OK, token);
        }

        var queued = (int)fleet.Database.Ask<long>("portal", "SELECT last_sequence FROM webhook_subscriptions");
        await receiver.WaitForAsync(queued, s_patience);
        money.ShouldHaveToldEach(receiver.Events, queued);
        var check = await fleet.Nodes[0].CommandAsync(["database", "check"], Ct);
        check.ExitCode.ShouldBe(0, check.Printed);
    }

    // The four kinds in turn, on one node and then on the other.
    private static async Task FailAsync(Fleet fleet, int fault, Random moments)
    {
        var node = fault / 4 % 2;
        switch (fault % 4)
        {
            case 0:
                await fleet.Nodes[node].KillAsync(Ct);
                await Task.Delay(moments.Next(LongestLoad), Ct);
                await fleet.Nodes[node].StartAgainAsync(Ct);
                break;
            case 1:
                for (var hit = 0; hit < Terminations; hit++)
                {
                    fleet.Database.Terminate(fleet.Database.TargetOf("portal"));
                    await Task.Delay(moments.Next(LongestPause), Ct);
                }

                break;
            case 2:
                fleet.Networks[node].Cut();
                await Task.Delay(moments.Next(LongestLoad), Ct);
                fleet.Networks[node].Mend();
                break;
            default:
                fleet.Database.Kill();
                fleet.Database.Start();
                break;
        }

        await Task.Delay(moments.Next(LongestLoad), Ct);
    }

    private async Task TokenizeAsync(Shop shop, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                var answer = await shop.SendAsync(
                    HttpMethod.Post, "setup-intents", $$"""{"cardNumber":"5200000000001005","expiryDate":"12/48","reference":"Booking {{Interlocked.Increment(ref _calls)}}"}""");
                if (answer.Status == HttpStatusCode.OK)
                {
                    _acknowledged.Add(JsonDocument.Parse(answer.Body).RootElement.GetProperty("id").GetString()!);
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
            {
                // The outcome is unknown.
            }
        }
    }
}
