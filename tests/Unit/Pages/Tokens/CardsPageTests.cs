using Bunit;
using Dojo.Pci.Portal.Components.Pages.Cards;
using Dojo.Pci.Tests.Unit.Harness;

namespace Dojo.Pci.Tests.Unit.Pages.Tokens;

public sealed class CardsPageTests : TokenPageTest
{
    [Fact]
    public async Task A_card_is_shown_by_its_mask_with_counts_and_links_to_its_tokens()
    {
        var tokens = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            tokens.Add((await Vault.CreateAsync($"Booking {i}")).Id);
        }

        await Vault.IndexAsync();
        var page = Show<CardsPage>("/cards");

        var card = page.Find("[data-testid=duplicate]");
        card.QuerySelector("[data-testid=card]")!.TextContent.ShouldEndWith("1111");
        card.TextContent.ShouldNotContain(VaultSamples.Visa);
        card.QuerySelectorAll("[data-testid=reference]").Select(link => link.TextContent).ShouldBe(["Booking 3", "Booking 2", "Booking 1"]);
        card.QuerySelector("[data-testid=reference]")!.GetAttribute("href").ShouldNotBeNull().ShouldContain($"/tokens/{tokens[3]}");
        card.QuerySelector("a[href*=ending]")!.GetAttribute("href").ShouldNotBeNull().ShouldContain("ending=1111&scheme=Visa");
    }

    [Fact]
    public async Task A_card_that_is_tokenized_again_is_there_after_a_refresh()
    {
        await Vault.CreateAsync();
        await Vault.IndexAsync();
        var page = Show<CardsPage>("/cards");
        page.Find("[data-testid=empty]");

        await Vault.CreateAsync();
        await Vault.IndexAsync();
        await page.Find("[data-testid=refresh]").ClickAsync(new());
        page.WaitForElement("[data-testid=duplicate]");
    }
}
