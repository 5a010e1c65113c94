using System.Net;
using Dojo.Pci.Tests.E2E.Infrastructure;
using Dojo.Pci.Tests.E2E.Pages;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Dojo.Pci.Tests.E2E.Journeys;

/// <summary>Changing a key while it is in use.</summary>
[Trait("Length", "Long")]
[Collection(PortalAndBrowserTests.Name)]
public sealed class RollingTests(PortalAndBrowser shared)
{
    [Fact]
    public async Task A_key_is_rolled_under_traffic_and_the_old_one_retired_and_brought_back()
    {
        await using var own = await PortalOfSomeone.StartAsync(shared.Browser);
        var pages = new KeyPages(own.Page);
        var old = await pages.CreateAsync("Checkout");
        await own.Page.GetByRole(AriaRole.Link, new() { Name = "See the key" }).ClickAsync();
        await pages.Roll.ClickAsync();
        await pages.RollIt.ClickAsync();
        var anew = (await pages.Secret.InnerTextAsync()).Trim();
        anew.ShouldNotContain(old);
        await pages.WatchOldKey.ClickAsync();
        await own.Visit.UntilInteractiveAsync();

        // Sends traffic with both keys at the same time, until the page shows it.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var traffic = SendAsync(own, old, anew, stop.Token);
        await Expect(pages.Meters).ToHaveCountAsync(2);
        await Expect(pages.Meters.First.GetByTestId("meter-address")).ToContainTextAsync("127.0.0.1");
        await Expect(pages.Meters.Last.GetByTestId("meter-address")).ToContainTextAsync("127.0.0.1");

        await pages.RetireNow.ClickAsync();
        await Expect(pages.Status).ToHaveTextAsync("Retired");
        (await own.StatusForAsync(old)).ShouldBe(HttpStatusCode.Unauthorized);
        (await own.StatusForAsync(anew)).ShouldBe(HttpStatusCode.OK);
        await pages.BringBack.ClickAsync();
        await Expect(pages.Status).ToHaveTextAsync("Active");
        (await own.StatusForAsync(old)).ShouldBe(HttpStatusCode.OK);

        await stop.CancelAsync();
        (await traffic).ShouldBeGreaterThan(0);
        own.Visit.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_deleted_key_is_refused_by_the_next_request()
    {
        await using var own = await PortalOfSomeone.StartAsync(shared.Browser);
        var pages = new KeyPages(own.Page);
        var key = await pages.CreateAsync("Checkout");
        (await own.StatusForAsync(key)).ShouldBe(HttpStatusCode.OK);
        await own.Page.GetByRole(AriaRole.Link, new() { Name = "See the key" }).ClickAsync();
        await own.Visit.UntilInteractiveAsync();

        await Expect(pages.DeleteForGood).ToBeDisabledAsync();
        await pages.TypedName.FillAsync("Checkout");
        await pages.DeleteForGood.ClickAsync();

        await Expect(pages.Status).ToHaveTextAsync("Deleted");
        (await own.StatusForAsync(key)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_secret_is_shown_once_and_a_reload_makes_no_second_key()
    {
        await using var own = await PortalOfSomeone.StartAsync(shared.Browser);
        var pages = new KeyPages(own.Page);
        var secret = await pages.CreateAsync("Checkout");

        await own.Page.ReloadAsync();
        (await own.Page.ContentAsync()).ShouldNotContain(secret);
        await own.Visit.OpenAsync(KeyPages.Address);
        await Expect(pages.Keys).ToHaveCountAsync(2);
        (await own.Page.ContentAsync()).ShouldNotContain(secret);
    }

    private static async Task<int> SendAsync(PortalOfSomeone own, string old, string anew, CancellationToken ct)
    {
        var sent = 0;
        while (!ct.IsCancellationRequested && sent < 2000)
        {
            await own.StatusForAsync(old);
            await own.StatusForAsync(anew);
            sent += 2;
        }

        return sent;
    }
}
