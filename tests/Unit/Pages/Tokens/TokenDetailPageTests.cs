using Bunit;
using Dojo.Pci.Portal;
using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Portal.Components.Pages.Tokens;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tests.Unit.Pages.Tokens;

public sealed class TokenDetailPageTests : TokenPageTest
{
    [Fact]
    public void The_page_is_for_those_who_may_browse_tokens() =>
        typeof(TokenDetailPage).GetCustomAttributes(typeof(AllowAttribute), inherit: false).ShouldHaveSingleItem().ShouldBeOfType<AllowAttribute>().Operation.ShouldBe(Operation.BrowseTokens);

    [Fact]
    public async Task A_token_is_shown_with_its_history_its_relations_and_as_the_API_gives_it()
    {
        var other = await Vault.CreateAsync("The other");
        var token = await Vault.CreateAsync("Booking 4711");

        var page = ShowToken(token.Id);

        page.WaitForElement("[data-testid=token-id]");
        page.Find("h1").TextContent.ShouldStartWith("Booking 4711");
        page.Find("[data-testid=token-id]").TextContent.ShouldBe(token.Id);
        page.Find("[data-testid=card]").TextContent.ShouldBe("41111111****1111");
        page.Find("[data-testid=timeline]").TextContent.ShouldContain("The issuer approved");
        page.WaitForElement("[data-testid=same-card] a").GetAttribute("href").ShouldBe(PortalUrls.Token(Selected, other.Id));
        page.Find("[data-testid=sample]").TextContent.ShouldContain(token.Id);
    }

    [Fact]
    public void What_does_not_exist_is_said_not_to_exist()
    {
        var page = ShowToken("si_sandbox_AAAAAAAAAAAAAAAAAAAAAA");

        page.WaitForAssertion(() => page.Find("h1").TextContent.ShouldStartWith("Token not found"));
    }

    [Fact]
    public async Task A_token_is_closed_after_a_question()
    {
        var token = await Vault.CreateAsync();
        var dialogs = Dialogs;
        var page = ShowToken(token.Id);

        page.Act("[data-testid=end]", element => element.Click());
        dialogs.WaitForElements(".mud-dialog-actions button").Single(button => button.TextContent.Trim() == "Keep it").Click();
        dialogs.WaitForAssertion(() => dialogs.FindAll("[data-testid=end-dialog]").ShouldBeEmpty());

        page.Act("[data-testid=end]", element => element.Click());
        dialogs.Act("[data-testid=end-confirm]", element => element.Click());

        page.WaitForAssertion(() => page.Find("[data-testid=status]").TextContent.ShouldContain("Closed"));
        page.FindAll("[data-testid=end]").ShouldBeEmpty();
        dialogs.WaitForAssertion(() => dialogs.FindAll("[data-testid=end-dialog]").ShouldBeEmpty());
        page.WaitForAssertion(() => page.Markup.ShouldContain("no longer holds card data"));
    }

    [Fact]
    public async Task A_viewer_is_not_offered_to_end_it()
    {
        Role = MemberRole.Viewer;
        var token = await Vault.CreateAsync();

        var page = ShowToken(token.Id);

        page.WaitForElement("h1");
        page.FindAll("[data-testid=end]").ShouldBeEmpty();
    }

    [Fact]
    public async Task What_happens_to_it_is_seen_as_it_happens()
    {
        var token = await Vault.CreateAsync();
        var page = ShowToken(token.Id);
        page.WaitForElement("[data-testid=end]");

        await Vault.DeleteAsync(token);

        page.WaitForAssertion(() => page.Find("[data-testid=status]").TextContent.ShouldContain("Closed"));
    }

    [Theory]
    [InlineData(1250, "GBP", "12.50 GBP")]
    [InlineData(125_000_099, "EUR", "1,250,000.99 EUR")]
    [InlineData(1250, "JPY", "1,250 JPY")]
    [InlineData(1250, "KWD", "1.250 KWD")]
    public void Amounts_are_written_as_their_currency_is(long value, string currency, string text) => MoneyText.Of(new Money(value, currency)).ShouldBe(text);

    private IRenderedComponent<TokenDetailPage> ShowToken(string id) =>
        Show<TokenDetailPage>(PortalUrls.Token(Selected, id), parameters => parameters.Add(page => page.Id, id));
}
