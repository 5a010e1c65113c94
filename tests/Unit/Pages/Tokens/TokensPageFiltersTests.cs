using Bunit;
using Dojo.Pci.Portal;
using Dojo.Pci.Portal.Components.Controls;
using Dojo.Pci.Portal.Components.Pages.Tokens;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.SetupIntents;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Dojo.Pci.Tests.Unit.Pages.Tokens;

/// <summary>The filters of the tokens page, in its address and as typed.</summary>
public sealed class TokensPageFiltersTests : TokenPageTest
{
    private static readonly TimeSpan s_typingPause = TimeSpan.FromMilliseconds(250);

    [Fact]
    public async Task The_filters_stand_in_the_address_and_come_from_it()
    {
        await Vault.CreateAsync("Booking 1");
        await Vault.CreateAsync("Order 2", VaultSamples.Amex);

        var page = Show<TokensPage>($"{PortalUrls.Tokens}?q=Book&status=Authorized&scheme=Visa&ending=1111&from=2026-06-01&to=2026-06-30&sort=Oldest");

        page.WaitForElement("tr[data-testid=token]").TextContent.ShouldContain("Booking 1");
        page.Find("input[data-search]").GetAttribute("value").ShouldBe("Book");
        page.Find("[data-testid=ending]").GetAttribute("value").ShouldBe("1111");
        page.Find("a[download]").GetAttribute("href").ShouldNotBeNull().ShouldContain("q=Book&ending=1111&status=Authorized&scheme=Visa&from=2026-06-01&to=2026-06-30&sort=Oldest");

        await page.InvokeAsync(() => page.FindComponent<ChoiceFilter<SetupIntentStatus>>().Instance.ValueChanged.InvokeAsync([SetupIntentStatus.Closed]));
        Navigation.Uri.ShouldContain("status=Closed");
        page.WaitForElement("[data-testid=empty]").TextContent.ShouldContain("No token matches");

        page.Act("[data-testid=empty] button", element => element.Click());
        page.WaitForAssertion(() => page.FindAll("tr[data-testid=token]").Count.ShouldBe(2));
        Navigation.Uri.ShouldEndWith(PortalUrls.In(Selected, PortalUrls.Tokens, ("sort", "Oldest")));
    }

    [Fact]
    public async Task A_filter_in_an_address_that_makes_no_sense_is_said_and_nothing_wider_is_shown()
    {
        await Vault.CreateAsync();

        var page = Show<TokensPage>($"{PortalUrls.Tokens}?q=4111111111111111&status=7&scheme=visas&ending=12345&from=2027-13-01&sort=3&environment=live&a1=b");

        var said = page.WaitForElement("[data-testid=misread]").TextContent;
        foreach (var name in new[] { "q", "status", "scheme", "ending", "from", "sort" })
        {
            said.ShouldContain($"The parameter {name} of the address must be ");
        }

        said.ShouldContain("the parameter environment, which this page does not have");
        said.ShouldContain("a parameter, which this page does not have");
        foreach (var value in new[] { "4111", "visas", "12345", "2027-13", "live", "a1" })
        {
            said.ShouldNotContain(value);
        }

        page.FindAll("tr[data-testid=token]").ShouldBeEmpty();
        page.FindAll("a[download]").ShouldBeEmpty();

        page.Act("[data-testid=misread] button", element => element.Click());
        page.WaitForElement("tr[data-testid=token]");
        page.FindAll("[data-testid=misread]").ShouldBeEmpty();
    }

    [Fact]
    public async Task Several_statuses_and_schemes_are_chosen_at_once_and_each_is_taken_back_by_its_chip()
    {
        await Vault.CreateAsync("Booking 1");
        await Vault.DeleteAsync(await Vault.CreateAsync("Order 2", VaultSamples.Amex));
        var page = Show<TokensPage>(PortalUrls.Tokens);

        await page.InvokeAsync(() => page.FindComponent<MudSelect<SetupIntentStatus>>().Instance.SelectedValuesChanged.InvokeAsync(new[] { SetupIntentStatus.Closed, SetupIntentStatus.Authorized }));
        await page.InvokeAsync(() => page.FindComponent<MudSelect<CardScheme>>().Instance.SelectedValuesChanged.InvokeAsync(new[] { CardScheme.Visa, CardScheme.AmericanExpress }));

        Uri.UnescapeDataString(Navigation.Uri).ShouldContain("status=Authorized,Closed&scheme=Visa,AmericanExpress");
        page.WaitForAssertion(() => page.FindAll("tr[data-testid=token]").Count.ShouldBe(2));
        page.Find("[data-testid=status-filter]").GetAttribute("value").ShouldBe("2 selected");

        page.FindAll("[data-testid=chip]").Select(chip => chip.TextContent.Trim()).ShouldBe(["Authorized", "Closed", "Visa", "American Express"]);
        page.Act("[data-testid=chip] .mud-chip-close-button", element => element.Click());
        Uri.UnescapeDataString(Navigation.Uri).ShouldContain("status=Closed&scheme=Visa,AmericanExpress");
        page.WaitForAssertion(() => page.FindAll("tr[data-testid=token]").ShouldHaveSingleItem().TextContent.ShouldContain("Order 2"));
    }

    [Theory]
    [InlineData("status=authorized")]
    [InlineData("STATUS=AUTHORIZED")]
    [InlineData("status=closed,authorized")]
    [InlineData("status=Closed, Authorized&scheme=visa,maestro")]
    [InlineData("scheme=VISA&sort=oldest")]
    [InlineData("match=START&q=book")]
    [InlineData("status=&scheme=&q=&from=")]
    public async Task Filters_are_understood_in_any_case_and_empty_ones_ask_for_nothing(string query)
    {
        await Vault.CreateAsync("Booking 1");

        Show<TokensPage>($"{PortalUrls.Tokens}?{query}").WaitForElement("tr[data-testid=token]").TextContent.ShouldContain("Booking 1");
    }

    [Fact]
    public async Task A_filter_that_an_address_has_twice_is_said()
    {
        await Vault.CreateAsync();

        Show<TokensPage>($"{PortalUrls.Tokens}?status=Authorized&status=Created").WaitForElement("[data-testid=misread]").TextContent.ShouldContain("status more than once");
    }

    [Fact]
    public async Task What_is_typed_is_searched_for_after_a_pause()
    {
        await Vault.CreateAsync("Booking 1");
        await Vault.CreateAsync("Order 2");
        var page = Show<TokensPage>(PortalUrls.Tokens);

        var typing = page.WaitForElement("input[data-search]").InputAsync(new ChangeEventArgs { Value = "Ord" });
        Navigation.Uri.ShouldNotContain("q=");
        Clock.Advance(s_typingPause);
        await typing;

        Navigation.Uri.ShouldContain("q=Ord");
        page.WaitForAssertion(() => page.FindAll("tr[data-testid=token]").ShouldHaveSingleItem().TextContent.ShouldContain("Order 2"));
    }

    [Fact]
    public async Task What_was_typed_just_before_the_page_was_left_does_not_lead_back_to_it()
    {
        await Vault.CreateAsync("Order 2");
        var page = Show<TokensPage>(PortalUrls.Tokens);

        var typing = page.WaitForElement("input[data-search]").InputAsync(new ChangeEventArgs { Value = "Ord" });
        Navigation.NavigateTo(PortalUrls.Home);
        await DisposeComponentsAsync();
        Clock.Advance(s_typingPause);
        await typing;

        new Uri(Navigation.Uri).AbsolutePath.ShouldBe(PortalUrls.Home);
    }

    [Fact]
    public async Task A_card_number_is_neither_searched_for_nor_put_into_the_address()
    {
        await Vault.CreateAsync();
        var page = Show<TokensPage>(PortalUrls.Tokens);

        await page.WaitForElement("input[data-search]").InputAsync(new ChangeEventArgs { Value = "4111 1111 1111 1111" });
        Clock.Advance(s_typingPause);
        await page.Find("form").SubmitAsync();

        page.Find("#token-search-fault").TextContent.ShouldContain("last four");
        Navigation.Uri.ShouldNotContain("q=");
        page.FindAll("tr[data-testid=token]").Count.ShouldBe(1);
    }

    [Fact]
    public async Task Of_a_number_that_may_become_a_cards_no_part_is_searched_for_while_it_is_typed()
    {
        await Vault.CreateAsync("Order 41111111");
        await Vault.CreateAsync("Order 2");
        var page = Show<TokensPage>(PortalUrls.Tokens);

        await page.WaitForElement("input[data-search]").InputAsync(new ChangeEventArgs { Value = "41111111" });
        Clock.Advance(s_typingPause);
        Navigation.Uri.ShouldNotContain("q=");
        page.Find("[data-testid=hint]").TextContent.ShouldContain("Press Enter");

        await page.Find("form").SubmitAsync();
        Navigation.Uri.ShouldContain("q=41111111");
    }

    [Fact]
    public async Task The_last_four_are_searched_for_once_they_are_four()
    {
        await Vault.CreateAsync("Visa");
        await Vault.CreateAsync("Amex", VaultSamples.Amex);
        var page = Show<TokensPage>(PortalUrls.Tokens);

        await page.WaitForElement("[data-testid=ending]").InputAsync(new ChangeEventArgs { Value = "000" });
        page.Find("#ending-fault").TextContent.ShouldContain("four digits");
        Navigation.Uri.ShouldNotContain("ending");

        await page.Find("[data-testid=ending]").InputAsync(new ChangeEventArgs { Value = "0005" });
        Navigation.Uri.ShouldContain("ending=0005");
        page.WaitForAssertion(() => page.FindAll("tr[data-testid=token]").ShouldHaveSingleItem().TextContent.ShouldContain("Amex"));
    }

    [Fact]
    public async Task A_filter_is_a_chip_that_takes_it_away()
    {
        await Vault.CreateAsync("Booking 1");
        var page = Show<TokensPage>($"{PortalUrls.Tokens}?status=Closed");

        page.Act("[data-testid=chip] button", element => element.Click());

        Navigation.Uri.ShouldNotContain("status=");
        page.WaitForElement("tr[data-testid=token]").TextContent.ShouldContain("Booking 1");
    }
}
