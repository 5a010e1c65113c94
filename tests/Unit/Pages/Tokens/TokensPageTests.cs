using Bunit;
using Dojo.Pci.Portal;
using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Portal.Components.Pages.Tokens;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Tokens;

namespace Dojo.Pci.Tests.Unit.Pages.Tokens;

/// <summary>What the tokens page shows and offers, by role.</summary>
public sealed class TokensPageTests : TokenPageTest
{
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
