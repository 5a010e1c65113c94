using Bunit;
using Dojo.Pci.Portal.Components.Pages.ApiKeys;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;

namespace Dojo.Pci.Tests.Unit.Pages.ApiKeys;

public sealed class ApiKeysPageTests : KeyPageTest
{
    [Fact]
    public async Task Every_key_is_listed_with_what_tells_it_from_others()
    {
        var made = await House.MakeAsync("Till", ApiKeyScopes.Read);
        await House.UseAsync(made.Key, 12);

        var page = Open<ApiKeysPage>();

        var row = page.WaitForElement("[data-testid=key]").Closest("tr")!.TextContent;
        row.ShouldContain("Till");
        row.ShouldContain(made.Key.Key.Masked);
        row.ShouldContain("Active");
        row.ShouldContain("read");
        row.ShouldNotContain("charge");
        row.ShouldContain("from 198.51.100.7");
        row.ShouldContain("12");
        page.Find("svg[role=img][aria-label]").GetAttribute("aria-label").ShouldBe("12 requests in the last 7 days");
        page.Markup.ShouldNotContain(made.Secret.Reveal());
    }

    [Fact]
    public void Where_there_are_none_the_way_to_the_first_is_shown()
    {
        var page = Open<ApiKeysPage>();

        page.WaitForElement("[data-testid=empty]").TextContent.ShouldContain("No API keys yet");
        page.Find("[data-testid=empty] a").GetAttribute("href")!.ShouldStartWith("/api-keys/new?location=");
    }

    [Fact]
    public async Task The_search_narrows_the_list_and_stands_in_the_address()
    {
        await House.MakeAsync("Till");
        await House.MakeAsync("Bar");
        var page = Open<ApiKeysPage>();
        page.Act("input[type=search]", element => element.Input("bar"));

        page.WaitForAssertion(() => page.FindAll("[data-testid=key]").Count.ShouldBe(1));
        Address.ShouldEndWith("&q=bar");

        page.Act("input[type=search]", element => element.Input("nobody"));
        page.WaitForElement("[data-testid=empty]").TextContent.ShouldContain("No key matches");
    }

    [Fact]
    public async Task A_pasted_key_stays_out_of_the_address()
    {
        var made = await House.MakeAsync();
        var page = Open<ApiKeysPage>();

        page.Act("input[type=search]", element => element.Input(made.Secret.Reveal()));

        page.WaitForElement("[data-testid=empty]");
        Address.ShouldNotContain("sk_");
    }

    [Fact]
    public async Task The_status_filters_and_stands_in_the_address()
    {
        await House.MakeAsync("Till");
        var gone = await House.MakeAsync("Gone");
        await House.Keys.DeleteAsync(House.Developer, House.Tenant, gone.Key.Key.Id, "Gone");
        var page = Open<ApiKeysPage>();
        page.WaitForElement("[data-testid=key]").TextContent.ShouldContain("Till");

        await page.InvokeAsync(() => page.FindComponent<MudBlazor.MudSelect<string>>().Instance.ValueChanged.InvokeAsync("deleted"));

        page.WaitForAssertion(() => page.Find("[data-testid=key]").TextContent.ShouldContain("Gone"));
        Address.ShouldContain("status=deleted");
    }

    [Fact]
    public async Task A_viewer_is_shown_no_key_no_matter_what_page_they_get_to()
    {
        var made = await House.MakeAsync("Till");
        Role = MemberRole.Viewer;

        var page = Open<ApiKeysPage>();

        page.WaitForElement("[data-testid=empty]").TextContent.ShouldContain("Your role does not allow this.");
        page.Markup.ShouldNotContain(made.Key.Key.Name);
        page.FindAll("a[href*='/api-keys/new']").ShouldBeEmpty();
    }

    [Fact]
    public async Task An_auditor_sees_the_keys_and_no_way_to_make_one()
    {
        await House.MakeAsync("Till");
        Role = MemberRole.Auditor;

        var page = Open<ApiKeysPage>();

        page.WaitForElement("[data-testid=key]");
        page.FindAll("a[href*='/api-keys/new']").ShouldBeEmpty();
    }

    [Fact]
    public async Task The_keys_of_the_other_environment_are_on_its_own_page()
    {
        await House.MakeAsync("Till");
        Selected = Selected with { Environment = TenantEnvironment.Production };

        Open<ApiKeysPage>().WaitForElement("[data-testid=empty]").TextContent.ShouldContain("No API keys yet");
    }
}
