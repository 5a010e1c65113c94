using Bunit;
using Dojo.Pci.Portal;
using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Portal.Components.Controls;
using Dojo.Pci.Portal.Components.Pages.Tokens;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Tokens;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace Dojo.Pci.Tests.Unit.Pages.Tokens;

public sealed class TokensPageTests : TokenPageTest
{
    private static readonly TimeSpan s_typingPause = TimeSpan.FromMilliseconds(250);

    [Fact]
    public void The_page_is_for_those_who_may_browse_tokens() =>
        typeof(TokensPage).GetCustomAttributes(typeof(AllowAttribute), inherit: false).ShouldHaveSingleItem().ShouldBeOfType<AllowAttribute>().Operation.ShouldBe(Operation.BrowseTokens);

    [Fact]
    public void Before_it_is_interactive_the_page_shows_where_rows_will_be()
    {
        IsInteractive = false;

        Show<TokensPage>(PortalUrls.Tokens).Find("[data-testid=loading]").ShouldNotBeNull();
    }

    [Fact]
    public void A_place_without_tokens_says_how_to_make_the_first()
    {
        var page = Show<TokensPage>(PortalUrls.Tokens);

        page.WaitForElement("[data-testid=empty]").TextContent.ShouldContain("No tokens yet");
        page.Markup.ShouldContain("curl");
        page.FindAll("form[role=search]").ShouldBeEmpty();
        page.FindAll("[data-testid=create]").Count.ShouldBe(1);
    }

    [Fact]
    public async Task In_production_no_test_token_is_offered()
    {
        Selected = await PlaceAsync(TenantEnvironment.Production);

        var page = Show<TokensPage>(PortalUrls.Tokens);

        page.WaitForElement("[data-testid=empty]").TextContent.ShouldContain("No tokens yet");
        page.FindAll("[data-testid=create]").ShouldBeEmpty();
        page.Markup.ShouldNotContain("curl");
    }

    [Fact]
    public async Task A_row_shows_its_token_and_leads_to_it()
    {
        var token = await Vault.CreateAsync("Booking 4711");

        var page = Show<TokensPage>(PortalUrls.Tokens);

        var row = page.WaitForElement("tr[data-testid=token]");
        row.QuerySelector("a")!.GetAttribute("href").ShouldBe(PortalUrls.Token(Selected, token.Id));
        row.QuerySelector("[data-testid=card]")!.TextContent.ShouldBe("41111111****1111");
        row.QuerySelector("[data-testid=status]")!.TextContent.ShouldContain("Authorized");
        row.QuerySelector("time")!.GetAttribute("title").ShouldBe("15 Jun 2026, 09:30:00 UTC");
        page.Find("[data-testid=count]").TextContent.ShouldBe("1 token");
    }

    [Fact]
    public async Task Further_pages_are_appended()
    {
        for (var i = 0; i < 60; i++)
        {
            await Vault.CreateAsync($"Booking {i}");
        }

        var page = Show<TokensPage>(PortalUrls.Tokens);

        page.WaitForAssertion(() => page.FindAll("tr[data-testid=token]").Count.ShouldBe(60));
        page.FindAll("tr[data-testid=token] a").Select(link => link.TextContent).ShouldBe(Enumerable.Range(0, 60).Reverse().Select(i => $"Booking {i}"));
    }

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
        page.Find("[data-testid=status-filter]").GetAttribute("value").ShouldBe("2 chosen");

        page.FindAll("[data-testid=chip]").Select(chip => chip.TextContent.Trim()).ShouldBe(["Authorized", "Closed", "Visa", "American Express"]);
        page.Act("[data-testid=chip] .mud-chip-close-button", element => element.Click());
        Uri.UnescapeDataString(Navigation.Uri).ShouldContain("status=Closed&scheme=Visa,AmericanExpress");
        page.WaitForAssertion(() => page.FindAll("tr[data-testid=token]").ShouldHaveSingleItem().TextContent.ShouldContain("Order 2"));
    }

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
    public async Task A_filter_is_a_chip_that_takes_it_away()
    {
        await Vault.CreateAsync("Booking 1");
        var page = Show<TokensPage>($"{PortalUrls.Tokens}?status=Closed");

        page.Act("[data-testid=chip] button", element => element.Click());

        Navigation.Uri.ShouldNotContain("status=");
        page.WaitForElement("tr[data-testid=token]").TextContent.ShouldContain("Booking 1");
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

    [Theory]
    [InlineData(MemberRole.Owner, true)]
    [InlineData(MemberRole.Viewer, false)]
    public async Task Only_who_may_is_offered_a_test_token(MemberRole role, bool offered)
    {
        Role = role;
        await Vault.CreateAsync();
        var page = Show<TokensPage>(PortalUrls.Tokens);

        page.WaitForElement("tr[data-testid=token]");
        page.FindAll("[data-testid=create]").Count.ShouldBe(offered ? 1 : 0);
        page.FindAll("a[download]").Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_test_token_is_made_of_a_listed_card_and_shown()
    {
        await Vault.CreateAsync();
        var dialogs = Dialogs;
        var page = Show<TokensPage>(PortalUrls.Tokens);
        page.Act("[data-testid=create]", element => element.Click());
        dialogs.WaitForElement("[data-testid=test-reference]");
        dialogs.FindAll("input:not([readonly]):not([type=hidden])").ShouldHaveSingleItem().GetAttribute("data-testid").ShouldBe("test-reference", "there is no field for a card number");

        dialogs.Act("[data-testid=test-reference]", element => element.Change(""));
        dialogs.Act("[data-testid=test-create]", element => element.Click());
        dialogs.WaitForAssertion(() => dialogs.Find("#test-error").TextContent.ShouldContain("required"));

        dialogs.Act("[data-testid=test-reference]", element => element.Change("Try me"));
        dialogs.Act("[data-testid=test-create]", element => element.Click());
        page.WaitForAssertion(() => Navigation.Uri.ShouldContain("/tokens/si_sandbox_"));
    }

    [Fact]
    public async Task Anyone_who_is_not_signed_in_any_more_is_sent_to_sign_in()
    {
        await Vault.CreateAsync();
        IsSignedIn = false;

        Show<TokensPage>(PortalUrls.Tokens);

        Navigation.Uri.ShouldContain(PortalUrls.SignIn);
    }

    [Fact]
    public void A_vault_that_cannot_answer_is_named_and_asked_again()
    {
        var browser = new FailingBrowser(Vault.Get<ITokenBrowser>());
        Services.AddSingleton<ITokenBrowser>(browser);
        var page = Show<TokensPage>(PortalUrls.Tokens);
        page.WaitForElement("[data-testid=fault]").TextContent.ShouldContain("could not be loaded");

        browser.Recover();
        page.Act("[data-testid=fault] button", element => element.Click());

        page.WaitForElement("[data-testid=empty]");
        page.FindAll("[data-testid=fault]").ShouldBeEmpty();
    }

    private sealed class FailingBrowser(ITokenBrowser browser) : ITokenBrowser
    {
        private bool _fails = true;

        public void Recover() => _fails = false;

        public Task<Result<TokenPage>> SearchAsync(SignedInMember who, Tenant tenant, TokenSearch search, string? after, int limit, CancellationToken ct) =>
            _fails ? throw new UnavailableException("The database cannot be read.") : browser.SearchAsync(who, tenant, search, after, limit, ct);

        public Task<Result<TokenPage>> RefreshAsync(SignedInMember who, Tenant tenant, TokenSearch search, IReadOnlyCollection<string> tokens, CancellationToken ct) =>
            browser.RefreshAsync(who, tenant, search, tokens, ct);

        public Task<Result<TokenDetail>> FindAsync(SignedInMember who, Tenant tenant, string id, CancellationToken ct) => browser.FindAsync(who, tenant, id, ct);

        public Task<Result<TokenRelations>> FindRelationsAsync(SignedInMember who, Tenant tenant, string id, CancellationToken ct) => browser.FindRelationsAsync(who, tenant, id, ct);

        public Task<Result<DuplicateCardPage>> ListDuplicateCardsAsync(SignedInMember who, Tenant tenant, string? after, int limit, CancellationToken ct) =>
            browser.ListDuplicateCardsAsync(who, tenant, after, limit, ct);
    }
}
