using System.Diagnostics;
using System.Net;
using System.Runtime.Versioning;
using System.Text.Json;
using Dojo.Pci.Tests.E2E.Faults;
using Dojo.Pci.Tests.E2E.Infrastructure;
using static Microsoft.Playwright.Assertions;

namespace Dojo.Pci.Tests.E2E.Nodes;

/// <summary>A walk through two nodes on one database, set up as in <c>deploy/compose</c>.</summary>
[Trait("Length", "Long")]
[UnsupportedOSPlatform("windows")]
public sealed class NodesTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_one_node_wrote_the_other_answers_and_what_one_revoked_the_other_refuses()
    {
        await using var fleet = await Fleet.StartAsync();
        var key = await fleet.FirstKeyAsync();
        var callers = fleet.Nodes.Select(node => new Shop(fleet.ClientOf(node), key)).ToArray();
        var token = await TokenizeAsync(callers[0]);
        (await callers[1].SendAsync(HttpMethod.Get, $"setup-intents/{token}")).Status.ShouldBe(HttpStatusCode.OK);

        var first = await callers[0].SendAsync(HttpMethod.Post, "payment-intents", """{"reference":"Once","amount":{"value":100,"currencyCode":"GBP"}}""", "one key");
        var repeated = await callers[1].SendAsync(HttpMethod.Post, "payment-intents", """{"reference":"Once","amount":{"value":100,"currencyCode":"GBP"}}""", "one key");
        IdIn(repeated).ShouldBe(IdIn(first));

        // All nodes share the sandbox's clock, and see a change immediately.
        var moved = await callers[0].SendAsync(HttpMethod.Post, "sandbox/clock", """{"advance":"P40D"}""");
        moved.Status.ShouldBe(HttpStatusCode.OK, moved.Body);
        var later = await callers[1].SendAsync(HttpMethod.Get, $"setup-intents/{await TokenizeAsync(callers[1])}");
        JsonDocument.Parse(later.Body).RootElement.GetProperty("createdAt").GetDateTimeOffset().ShouldBeGreaterThan(DateTimeOffset.UtcNow.AddDays(39));

        // A command revokes the key, outside the nodes.
        var revoked = await fleet.Nodes[0].CommandAsync(["api-keys", "revoke", "1"], Ct);
        revoked.ExitCode.ShouldBe(0, revoked.Printed);
        var since = Stopwatch.StartNew();
        foreach (var caller in callers)
        {
            while ((await caller.SendAsync(HttpMethod.Get, $"setup-intents/{token}")).Status != HttpStatusCode.Unauthorized)
            {
                since.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5), "what was promised");
            }
        }
    }

    [Theory]
    [InlineData("haproxy")]
    [InlineData("nginx")]
    public async Task A_page_shows_what_the_other_node_did_and_outlives_its_node_at_the_same_address(string proxy)
    {
        await using var fleet = await Fleet.StartAsync(proxy: proxy);
        var key = await fleet.FirstKeyAsync();
        await using var visit = await Visit.BeginAsync(browser.Browser, fleet.Nodes[0], address: fleet.Address);
        var owner = new Someone("Ada Lovelace", "ada@example.com");
        await owner.SetUpAsync(visit, await Someone.PrintedLinkAsync(await fleet.NodeThatPrintsAsync("/setup#")));
        await visit.OpenAsync("/tokens");
        var ofPage = (await visit.Page.Context.CookiesAsync()).Single(cookie => cookie.Name == "dojo_node").Value;
        var (own, other) = ofPage == "node1" ? (fleet.Nodes[0], fleet.Nodes[1]) : (fleet.Nodes[1], fleet.Nodes[0]);

        await TokenizeAsync(new Shop(fleet.ClientOf(other), key), "Written by the other node");
        await Expect(visit.Page.GetByText("Written by the other node")).ToBeVisibleAsync();

        var address = visit.Page.Url;
        visit.Forgive("");
        await own.StopAsync(Ct);
        var since = Stopwatch.StartNew();
        await TokenizeAsync(new Shop(fleet.ClientOf(other), key), "After the stop");
        await Expect(visit.Page.GetByText("After the stop")).ToBeVisibleAsync();
        await visit.UntilInteractiveAsync();
        TestContext.Current.TestOutputHelper!.WriteLine($"behind {proxy} the page was usable again {since.Elapsed.TotalSeconds:0.0} s after its node had stopped");
        visit.Page.Url.ShouldBe(address);
        (await visit.Page.Context.CookiesAsync()).Single(cookie => cookie.Name == "dojo_node").Value.ShouldNotBe(ofPage, StringComparer.Ordinal);
    }

    private static async Task<string> TokenizeAsync(Shop caller, string reference = "Booking")
    {
        var answer = await caller.SendAsync(HttpMethod.Post, "setup-intents", $$"""{"cardNumber":"5200000000001005","expiryDate":"12/48","reference":"{{reference}}"}""");
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Body);
        return IdIn(answer);
    }

    private static string IdIn(Answer answer) => JsonDocument.Parse(answer.Body).RootElement.GetProperty("id").GetString()!;
}
