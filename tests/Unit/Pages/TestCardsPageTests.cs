using Bunit;
using Dojo.Pci.Portal;
using Dojo.Pci.Portal.Components.Pages.Docs;
using Dojo.Pci.Tokenization.Cards;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Dojo.Pci.Tests.Unit.Pages;

public sealed class TestCardsPageTests : PageTest
{
    [Fact]
    public void Every_test_card_is_listed_and_copied_without_spaces()
    {
        var page = Render<TestCardsPage>();

        page.FindAll("[data-testid=card] [data-copy]").Select(button => button.GetAttribute("data-copy"))
            .ShouldBe(TestCards.All.Select(card => card.Number));
        page.Find("[data-testid=count]").TextContent.ShouldBe($"{TestCards.All.Count} cards");
    }

    [Theory]
    [InlineData("visa", 7)]
    [InlineData(" AMEX ", 3)]
    [InlineData("american", 3)]
    [InlineData("declined", 1)]
    [InlineData("13 digits", 1)]
    [InlineData("5200 0000 0000 1005", 1)]
    [InlineData("520000000000-1005", 1)]
    public void The_filter_understands_schemes_outcomes_and_digits(string filter, int cards)
    {
        var page = Render<TestCardsPage>();

        page.Act("input[type=search]", element => element.Input(filter));

        page.FindAll("[data-testid=card]").Count.ShouldBe(cards);
    }

    [Fact]
    public void The_filter_stands_in_the_address()
    {
        var page = Render<TestCardsPage>();

        page.Act("input[type=search]", element => element.Input("jcb"));

        Address().ShouldEndWith(PortalUrls.TestCardsMatching("jcb"));
    }

    [Fact]
    public void An_address_with_a_filter_shows_the_filtered_list()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(PortalUrls.TestCardsMatching("jcb"));

        var page = Render<TestCardsPage>();

        page.FindAll("[data-testid=card]").Count.ShouldBe(2);
        page.Find("input[type=search]").GetAttribute("value").ShouldBe("jcb");
    }

    [Fact]
    public void A_filter_without_a_match_offers_the_way_back()
    {
        var page = Render<TestCardsPage>();
        page.Act("input[type=search]", element => element.Input("nothing like this"));
        page.FindAll("[data-testid=card]").ShouldBeEmpty();

        page.Act("[data-testid=empty] button", element => element.Click());

        page.FindAll("[data-testid=card]").Count.ShouldBe(TestCards.All.Count);
        Address().ShouldEndWith(PortalUrls.TestCards);
    }

    [Fact]
    public void A_number_that_could_be_a_real_card_stays_out_of_the_address()
    {
        var page = Render<TestCardsPage>();

        page.Act("input[type=search]", element => element.Input("4917 6100 0000 0000"));

        page.Find("[data-testid=empty]").ShouldNotBeNull();
        Address().ShouldNotContain("4917");
    }

    [Theory]
    [InlineData("5200000000001005", "5200 0000 0000 1005")]
    [InlineData("378282246310005", "3782 822463 10005")]
    [InlineData("36227206271667", "3622 720627 1667")]
    [InlineData("6799990100000000019", "6799 9901 0000 0000 019")]
    public void Numbers_are_grouped_as_on_the_card(string number, string grouped) =>
        TestCardFilter.Grouped(number).ShouldBe(grouped);

    private string Address() => Services.GetRequiredService<NavigationManager>().Uri;
}
