using System.Net.Http.Json;
using System.Text.Json;
using Dojo.Pci.Tests.E2E.Infrastructure;
using Dojo.Pci.Tests.E2E.Pages;
using static Microsoft.Playwright.Assertions;

namespace Dojo.Pci.Tests.E2E.Journeys;

[Collection(PagesTests.Name)]
public sealed class TestCardsPageTests(PortalAndBrowser shared)
{
    [Fact]
    public async Task The_filter_narrows_the_list_and_can_be_shared_as_an_address()
    {
        await using var visit = await Visit.BeginAsync(shared.Browser, shared.Portal);
        await visit.OpenAsync(TestCardsPage.Address);
        var page = new TestCardsPage(visit.Page);
        var all = await page.Cards.CountAsync();

        await page.Filter.PressSequentiallyAsync("american");

        await Expect(page.Cards).ToHaveCountAsync(3);
        await Expect(page.Filter).ToHaveValueAsync("american");
        await Expect(page.Filter).ToBeFocusedAsync();
        await Expect(visit.Page).ToHaveURLAsync($"{shared.Portal.BaseAddress}docs/test-cards?q=american");

        await visit.Page.ReloadAsync();
        await visit.UntilInteractiveAsync();
        await Expect(page.Cards).ToHaveCountAsync(3);
        await Expect(page.Filter).ToHaveValueAsync("american");

        await page.Filter.FillAsync("no such card");
        await Expect(page.Empty).ToBeVisibleAsync();
        await visit.PictureAsync("test-cards-empty-1440-light");
        await page.ShowAll.ClickAsync();
        await Expect(page.Cards).ToHaveCountAsync(all);
        await Expect(page.Filter).ToHaveValueAsync("");
        visit.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_copied_number_has_no_spaces()
    {
        await using var visit = await Visit.BeginAsync(shared.Browser, shared.Portal);
        await visit.OpenAsync(TestCardsPage.Address);
        var frame = new Frame(visit.Page);

        await new TestCardsPage(visit.Page).CopyNumberEnding("1005").ClickAsync();

        await Expect(frame.Announcement).ToHaveTextAsync("Copied: Mastercard number ending 1005");
        (await frame.ClipboardAsync()).ShouldBe("5200000000001005");
    }

    [Fact]
    public async Task A_program_that_asks_for_JSON_gets_it_at_the_same_address()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(TestCardsPage.Address, UriKind.Relative));
        request.Headers.Accept.ParseAdd("application/json");
        using var answer = await shared.Portal.Client.SendAsync(request, TestContext.Current.CancellationToken);

        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        answer.Headers.Vary.ShouldBe(["Accept"]);
        var list = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        list.GetProperty("data").EnumerateArray().ShouldContain(card =>
            card.GetProperty("cardNumber").GetString() == "5200000000001005" && card.GetProperty("scheme").GetString() == "MASTERCARD");
    }
}
