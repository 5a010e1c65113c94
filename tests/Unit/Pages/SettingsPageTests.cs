using Bunit;
using Dojo.Pci.Portal.Components.Pages.Settings;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace Dojo.Pci.Tests.Unit.Pages;

public sealed class SettingsPageTests : MemberPageTest
{
    private readonly FakeSettings _settings = new(Dockside);

    public SettingsPageTests() => Services.AddSingleton<IAccountSettings>(_settings);

    [Theory]
    [InlineData(MemberRole.Admin, true)]
    [InlineData(MemberRole.Developer, false)]
    public void Who_may_only_look_finds_nothing_to_press(MemberRole role, bool changes)
    {
        var page = RenderAs<SettingsPage>(role);

        page.FindAll("[data-testid=location]").Count.ShouldBe(1);
        page.FindAll("button").Any().ShouldBe(changes);
        page.FindAll("input[role=switch]").Count.ShouldBe(2);
        page.FindAll("input[role=switch]").ShouldAllBe(found => found.HasAttribute("disabled") == !changes);
        page.FindAll("[data-testid=new-location]").Any().ShouldBe(changes);
    }

    [Fact]
    public void A_switch_is_saved_when_it_is_turned()
    {
        var page = RenderAs<SettingsPage>();

        page.FindAll("input[role=switch]")[0].Change(true);

        _settings.Asked.ShouldBe(["unique True"]);
        page.FindAll("[role=status]").ShouldContain(found => found.TextContent == "Saved");
    }

    [Fact]
    public void The_same_retention_changes_nothing_and_says_so()
    {
        var page = RenderAs<SettingsPage>();

        page.Act("form.retention", element => element.Submit());
        page.WaitForAssertion(() => page.Find("[data-testid=location] [role=status]").TextContent.ShouldBe("Nothing changed"));
        page.Act("[data-testid=days]", element => element.Input(""));
        page.Act("form.retention", element => element.Submit());

        page.WaitForElement("[data-testid=location] [role=alert]").TextContent.ShouldContain("Enter a number of days");
        _settings.Asked.ShouldBeEmpty();
    }

    [Fact]
    public void A_shorter_retention_warns_what_it_destroys_before_it_is_set()
    {
        var dialogs = Dialogs;
        var page = RenderAs<SettingsPage>();

        page.Act("[data-testid=days]", element => element.Input("7"));
        page.Act("form.retention", element => element.Submit());

        dialogs.WaitForElement("[data-testid=retention-warning]").TextContent.ShouldContain("card data of 12 finished tokens is destroyed");
        _settings.Asked.ShouldBeEmpty();

        dialogs.Act("[data-testid=retention-confirm]", element => element.Click());
        _settings.Asked.ShouldBe(["retention 7"]);
        dialogs.WaitForAssertion(() => dialogs.FindAll("[data-testid=retention-warning]").ShouldBeEmpty());
    }

    [Fact]
    public void Keeping_the_retention_sets_nothing()
    {
        var dialogs = Dialogs;
        var page = RenderAs<SettingsPage>();
        page.Act("[data-testid=days]", element => element.Input("7"));
        page.Act("form.retention", element => element.Submit());

        dialogs.WaitForElements(".mud-dialog-actions button").Single(button => button.TextContent.Contains("Keep 90 days", StringComparison.Ordinal)).Click();

        page.WaitForAssertion(() => page.Find("[data-testid=days]").GetAttribute("value").ShouldBe("90"));
        _settings.Asked.ShouldBeEmpty();
    }

    [Fact]
    public void A_longer_retention_destroys_nothing_and_is_set_at_once()
    {
        var page = RenderAs<SettingsPage>();

        page.Act("[data-testid=days]", element => element.Input("365"));
        page.Act("form.retention", element => element.Submit());

        _settings.Asked.ShouldBe(["retention 365"]);
    }

    [Fact]
    public void A_name_that_is_refused_says_why_beside_it()
    {
        _settings.Refusal = new Refusal.Invalid([new FieldError("Name", "Write a name.")]);
        var page = RenderAs<SettingsPage>();

        page.Act("[data-testid=account-name] input", element => element.Input(" "));
        page.Act("[data-testid=account-name]", element => element.Submit());

        page.Find("[data-testid=account-name] [id^=name-]").TextContent.Trim().ShouldBe("Write a name.");
        page.Find("[data-testid=account-name] input").GetAttribute("aria-invalid").ShouldBe("true");
    }

    [Fact]
    public void A_new_location_is_where_the_page_goes()
    {
        var page = RenderAs<SettingsPage>();

        page.Act("[data-testid=new-location] input", element => element.Input("Harbour"));
        page.Act("[data-testid=new-location]", element => element.Submit());

        Address.ShouldEndWith("/settings?location=harbour&env=sandbox");
    }
}
