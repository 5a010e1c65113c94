using Bunit;
using Dojo.Pci.Portal.Components.Pages.Docs;
using Dojo.Pci.Tests.Unit.Pages.ApiKeys;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tests.Unit.Docs;

public sealed class OperationPageTests : KeyPageTest
{
    [Fact]
    public async Task A_members_sample_names_the_key_by_its_last_four_and_never_holds_it()
    {
        var made = await House.MakeAsync();

        var page = OpenSample();

        var sample = page.Find("[data-testid=sample]").TextContent;
        sample.ShouldContain($"which ends in {made.Key.Key.LastFour}");
        sample.ShouldContain("$DOJO_API_KEY");
        page.Markup.ShouldNotContain(made.Secret.Reveal());
    }

    [Fact]
    public async Task A_key_of_another_environment_is_not_named()
    {
        var made = await House.MakeAsync(tenant: House.Tenant with { Environment = TenantEnvironment.Production });

        var page = OpenSample();

        page.Markup.ShouldNotContain(made.Key.Key.LastFour);
    }

    [Fact]
    public async Task A_member_who_may_not_see_keys_reads_the_same_page_without_them()
    {
        var made = await House.MakeAsync();
        Role = MemberRole.Viewer;

        var page = OpenSample();

        page.Find("[data-testid=sample]").TextContent.ShouldContain("DOJO_API_KEY holds your secret key.");
        page.Markup.ShouldNotContain(made.Key.Key.LastFour);
    }

    private IRenderedComponent<OperationPage> OpenSample()
    {
        var page = Open<OperationPage>(parameters => parameters.Add(page => page.Slug, "setup-intents-create"));
        page.WaitForAssertion(() => page.Find("[data-testid=sample]").TextContent.ShouldNotBeEmpty());
        return page;
    }
}
