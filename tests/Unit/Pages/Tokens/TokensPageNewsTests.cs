using Bunit;
using Dojo.Pci.Portal;
using Dojo.Pci.Portal.Components.Pages.Tokens;
using Microsoft.AspNetCore.Components.Web;

namespace Dojo.Pci.Tests.Unit.Pages.Tokens;

/// <summary>Tokens that are created or change while the tokens page is open.</summary>
public sealed class TokensPageNewsTests : TokenPageTest
{
    [Fact]
    public async Task While_an_address_is_not_understood_a_new_token_does_not_appear()
    {
        var page = Show<TokensPage>($"{PortalUrls.Tokens}?status=unknown");
        page.WaitForElement("[data-testid=misread]");

        await Vault.CreateAsync();
        Clock.Advance(TimeSpan.FromSeconds(1));

        page.Act("[data-testid=misread] button", element => element.Click());
        page.WaitForElement("tr[data-testid=token]");
    }

    [Fact]
    public async Task A_new_token_comes_in_at_the_top_and_a_change_where_its_row_is()
    {
        var old = await Vault.CreateAsync("Old");
        var page = Show<TokensPage>(PortalUrls.Tokens);
        page.WaitForElement("tr[data-testid=token]");

        await Vault.CreateAsync("New");
        page.WaitForAssertion(() => page.FindAll("tr[data-testid=token] a").Select(link => link.TextContent).ShouldBe(["New", "Old"]));
        page.Find("tr.fresh a").TextContent.ShouldBe("New");
        page.Find("[data-testid=count]").TextContent.ShouldBe("2 tokens");
        page.FindAll("[data-testid=pill]").ShouldBeEmpty();

        await Vault.DeleteAsync(old);
        await AdvanceUntilAsync(() => page.FindAll("[data-testid=status]")[1].TextContent.ShouldContain("Closed"));
    }

    [Fact]
    public async Task In_another_order_new_tokens_wait_behind_a_pill_until_they_are_asked_for()
    {
        await Vault.CreateAsync("B");
        var page = Show<TokensPage>($"{PortalUrls.Tokens}?sort=Reference");
        page.WaitForElement("tr[data-testid=token]");

        await Vault.CreateAsync("A");
        page.WaitForElement("[data-testid=pill]").TextContent.Trim().ShouldBe("1 new");
        page.FindAll("tr[data-testid=token]").Count.ShouldBe(1);

        page.Act("[data-testid=pill]", element => element.Click());
        page.WaitForAssertion(() => page.FindAll("tr[data-testid=token] a").Select(link => link.TextContent).ShouldBe(["A", "B"]));
        page.FindAll("[data-testid=pill]").ShouldBeEmpty();
        Navigation.Uri.ShouldNotContain("sort=");
    }

    [Theory]
    [InlineData("onpointerenter")]
    [InlineData("onfocusin")]
    public async Task While_the_reader_points_at_a_row_no_row_moves(string contact)
    {
        await Vault.CreateAsync("Old");
        var page = Show<TokensPage>(PortalUrls.Tokens);
        page.WaitForElement("tr[data-testid=token]");
        await page.Find("[data-testid=tokens]").ParentElement!.TriggerEventAsync(contact, contact == "onfocusin" ? new FocusEventArgs() : new PointerEventArgs());

        await Vault.CreateAsync("New");

        page.WaitForElement("[data-testid=pill]").TextContent.Trim().ShouldBe("1 new");
        page.FindAll("tr[data-testid=token] a").Select(link => link.TextContent).ShouldBe(["Old"]);
    }

    [Fact]
    public async Task A_paused_list_counts_what_comes_and_shows_it_when_it_is_resumed()
    {
        await Vault.CreateAsync("Old");
        var page = Show<TokensPage>(PortalUrls.Tokens);
        page.WaitForElement("tr[data-testid=token]");
        page.Act("[data-testid=pause]", element => element.Click());

        await Vault.CreateAsync("New");
        page.WaitForElement("[data-testid=pill]").TextContent.Trim().ShouldBe("1 new");

        page.Act("[data-testid=pause]", element => element.Click());
        page.WaitForAssertion(() => page.FindAll("tr[data-testid=token] a").Select(link => link.TextContent).ShouldBe(["New", "Old"]));
    }

    [Fact]
    public async Task What_the_filters_do_not_find_is_no_news()
    {
        await Vault.CreateAsync("Booking 1");
        var page = Show<TokensPage>($"{PortalUrls.Tokens}?q=Booking");
        page.WaitForElement("tr[data-testid=token]");

        await Vault.CreateAsync("Order 1");
        await Vault.CreateAsync("Booking 2");

        await AdvanceUntilAsync(() => page.FindAll("tr[data-testid=token] a").Select(link => link.TextContent).ShouldBe(["Booking 2", "Booking 1"]));
    }
}
