using Bunit;
using Dojo.Pci.Portal.Components.Controls;
using Dojo.Pci.Portal.Components.Pages.ApiKeys;
using Dojo.Pci.Tests.Unit.ApiKeys;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.ApiKeys;

namespace Dojo.Pci.Tests.Unit.Pages.ApiKeys;

public sealed class ApiKeyPageTests : KeyPageTest
{
    private MadeApiKey _made = null!;

    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _made = await House.MakeAsync("Till");
    }

    [Fact]
    public async Task A_key_shows_what_it_does_and_what_was_done_to_it()
    {
        await House.UseAsync(_made.Key, 3);
        await House.UseAsync(_made.Key, 2, "POST", TwoOperations.Tokenize, "203.0.113.9", status: 400);

        var page = OpenKey();

        page.WaitForElements("[data-testid=operation]").Count.ShouldBe(2);
        page.FindAll("[data-testid=address]").Count.ShouldBe(2);
        page.Find("[data-testid=unused]").TextContent.Trim().ShouldBe("Granted but not used yet: charge, sandbox:clock, webhooks, sandbox.", "the key was made just now");
        page.Find("[data-testid=usage-chart] figcaption").TextContent.ShouldContain("5 requests in total");
        page.Find("[data-testid=usage-chart] tbody tr:last-child").TextContent.ShouldBe("22 Nov52");
        page.WaitForElement("[data-testid=entry]").TextContent.ShouldContain("Created");
        page.Find("[data-testid=status]").TextContent.ShouldBe("Active");
    }

    [Fact]
    public async Task New_limits_show_what_they_would_have_refused_before_they_are_saved()
    {
        await House.UseAsync(_made.Key, 4);
        var page = OpenKey();
        page.WaitForElement("[data-testid=try]").HasAttribute("disabled").ShouldBeTrue();

        page.Act("input[name='Input.Read']", element => element.Change(false));
        page.Act("[data-testid=limits]", element => element.Submit());

        page.WaitForElement("[data-testid=dry-run]").TextContent.ShouldContain("4 requests in the last 7 days would have been refused.");
        page.FindAll("[data-testid=dry-run] [data-testid=example]").Count.ShouldBe(4);
        (await KeyAsync()).Key.Scopes.ShouldBe(ApiKeyScopes.All);

        page.Act("[data-testid=save]", element => element.Click());
        page.WaitForElement("[data-testid=saved]");
        (await KeyAsync()).Key.Scopes.ShouldBe(ApiKeyScopes.All & ~ApiKeyScopes.Read);
    }

    [Theory]
    [InlineData(-24, false, null)]
    [InlineData(1, false, "The key has expired. You can extend it within 24 hours of its expiry.")]
    [InlineData(25, true, "The key expired more than 24 hours ago and cannot be extended. Create a new one.")]
    public async Task A_key_that_has_expired_says_whether_it_can_be_extended(int hoursAfter, bool isFixed, string? said)
    {
        _made = await House.MakeAsync("Old", expiresAt: Clock.GetUtcNow().AddHours(48));
        Clock.Advance(TimeSpan.FromHours(48 + hoursAfter));

        var page = OpenKey();

        page.WaitForElement("input[data-testid=expires]").HasAttribute("disabled").ShouldBe(isFixed);
        page.FindAll("[data-testid=expired]").Select(text => text.TextContent).ShouldBe(said is null ? [] : [said]);
    }

    [Fact]
    public void An_edit_after_the_dry_run_takes_its_verdict_back()
    {
        var page = OpenKey();
        page.Act("textarea", element => element.Input("203.0.113.0/24"));
        page.Act("[data-testid=limits]", element => element.Submit());
        page.WaitForElement("[data-testid=dry-run]");

        page.Act("textarea", element => element.Input("203.0.113.0/25"));

        page.FindAll("[data-testid=save]").ShouldBeEmpty();
    }

    [Fact]
    public void What_is_wrong_with_a_limit_is_said_beside_it()
    {
        var page = OpenKey();
        page.Act("textarea", element => element.Input("nonsense"));
        page.Act("[data-testid=limits]", element => element.Submit());

        page.WaitForElement("#fault-AllowedAddresses").TextContent.ShouldContain("Entry 1");
    }

    [Fact]
    public async Task Unused_scopes_are_one_click_from_being_taken_away()
    {
        House.Clock.Advance(TimeSpan.FromDays(30));
        Clock.Advance(TimeSpan.FromDays(30));
        await House.UseAsync(_made.Key, 4);
        var page = OpenKey();

        page.Act("[data-testid=unused] button", element => element.Click());

        page.WaitForElement("[data-testid=dry-run]").TextContent.ShouldContain("None of the 4 requests");
        page.Act("[data-testid=save]", element => element.Click());
        page.WaitForElement("[data-testid=saved]");
        (await KeyAsync()).Key.Scopes.ShouldBe(ApiKeyScopes.Read);
    }

    [Fact]
    public async Task A_roll_shows_both_keys_live_until_the_old_one_is_retired_and_back()
    {
        var next = (await House.Keys.RollAsync(House.Developer, House.Tenant, _made.Key.Key.Id, new ApiKeyRoll("Till", null, null, "form"))).Value!;
        var page = OpenKey();
        page.WaitForElements("[data-testid=meter]").Count.ShouldBe(2);
        page.Find("[data-testid=advice]").TextContent.ShouldContain("safe to retire");

        await House.UseAsync(_made.Key, 7);
        await House.UseAsync(next.Key, 2);
        Clock.Advance(KeyRollPanel.RefreshEvery);

        page.WaitForAssertion(() => page.FindAll("[data-testid=this-minute]").Select(count => count.TextContent).ShouldBe(["7", "2"]));
        page.Find("[data-testid=advice]").TextContent.ShouldContain("7 requests");
        page.FindAll("[data-testid=meter-address]").Count.ShouldBe(2);

        page.Act("[data-testid=retire-now]", element => element.Click());
        page.WaitForAssertion(() => page.Find("[data-testid=status]").TextContent.ShouldBe("Retired"));
        (await House.IsTakenAsync(_made.Secret)).ShouldBeFalse();

        page.Act("[data-testid=bring-back]", element => element.Click());
        page.WaitForAssertion(() => page.Find("[data-testid=status]").TextContent.ShouldBe("Active"));
        (await House.IsTakenAsync(_made.Secret)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_retirement_can_be_planned()
    {
        await House.Keys.RollAsync(House.Developer, House.Tenant, _made.Key.Key.Id, new ApiKeyRoll("Till", null, null, "form"));
        var page = OpenKey();

        page.Act("[data-testid=retire-at]", element => element.Input("2026-12-01T08:00"));
        page.Act("[data-testid=plan]", element => element.Click());

        page.WaitForAssertion(() => page.Find("[data-testid=status]").TextContent.ShouldBe("Retiring"));
        (await KeyAsync()).Key.RetiresAt.ShouldBe(new DateTimeOffset(2026, 12, 1, 8, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task A_retirement_is_undone_by_the_toast_that_tells_of_it()
    {
        var toast = Render<UndoToast>();
        var page = OpenKey();
        page.Act("[data-testid=retire-instead]", element => element.Click());
        toast.WaitForElement("[data-testid=toast]").TextContent.ShouldContain("Key retired");
        (await House.IsTakenAsync(_made.Secret)).ShouldBeFalse();

        toast.Act("[data-testid=undo]", element => element.Click());

        page.WaitForAssertion(() => page.Find("[data-testid=status]").TextContent.ShouldBe("Active"));
        (await House.IsTakenAsync(_made.Secret)).ShouldBeTrue();
        toast.FindAll("[data-testid=toast]").ShouldBeEmpty();
    }

    [Fact]
    public async Task What_would_fail_without_the_key_is_said_before_it_is_deleted()
    {
        await House.UseAsync(_made.Key, 3);
        await House.UseAsync(_made.Key, 2, "POST", TwoOperations.Tokenize, "203.0.113.9");

        var radius = OpenKey().WaitForElement("[data-testid=radius]");

        radius.TextContent.ShouldContain("5 requests in the last 7 days would have failed");
        radius.QuerySelectorAll("[data-testid=affected-operation]").Select(operation => operation.TextContent).ShouldContain(text => text.Contains(TwoOperations.Tokenize) && text.EndsWith("2 requests"));
        radius.QuerySelectorAll("[data-testid=affected-address]").Select(address => address.TextContent).ShouldContain(text => text == "203.0.113.9 2 requests");
    }

    [Fact]
    public void A_key_that_nothing_uses_says_so_before_it_is_deleted() =>
        OpenKey().WaitForElement("[data-testid=radius]").TextContent.ShouldBe("Nothing has used it in the last 7 days; it was never used.");

    [Fact]
    public async Task Deleting_waits_for_the_name_and_leaves_nothing_to_change()
    {
        var page = OpenKey();
        page.Act("[data-testid=typed-name]", element => element.Input("til"));
        page.Find("[data-testid=deletion] button[type=submit]").HasAttribute("disabled").ShouldBeTrue();

        page.Act("[data-testid=typed-name]", element => element.Input("Till"));
        page.Act("[data-testid=deletion]", element => element.Submit());

        page.WaitForAssertion(() => page.Find("[data-testid=status]").TextContent.ShouldBe("Deleted"));
        page.FindAll("form").ShouldBeEmpty();
        (await House.IsTakenAsync(_made.Secret)).ShouldBeFalse();
    }

    [Fact]
    public void A_key_can_be_renamed()
    {
        var page = OpenKey();
        page.Act("[data-testid=new-name]", element => element.Input("Bar"));
        page.Act("[aria-labelledby=name] form", element => element.Submit());

        page.WaitForAssertion(() => page.Find("h1").TextContent.ShouldStartWith("Bar"));
    }

    [Fact]
    public void A_viewer_learns_nothing_of_a_key_and_an_auditor_changes_nothing()
    {
        Role = MemberRole.Viewer;
        var forbidden = OpenKey();
        forbidden.WaitForAssertion(() => forbidden.Markup.ShouldContain("Your role does not allow this."));
        forbidden.Markup.ShouldNotContain("Till");

        Role = MemberRole.Auditor;
        var readOnly = OpenKey();
        readOnly.WaitForElement("[data-testid=facts]");
        readOnly.FindAll("form").ShouldBeEmpty();
        readOnly.FindAll("button").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_key_of_another_account_is_not_found()
    {
        var theirs = await House.MakeAsync("Theirs", tenant: await House.Vault.NewTenantAsync());

        var page = Open<ApiKeyPage>(parameters => parameters.Add(key => key.Id, theirs.Key.Key.Id.Value));

        page.WaitForAssertion(() => page.Markup.ShouldContain("There is no such API key."));
        page.Markup.ShouldNotContain("Theirs");
    }

    private IRenderedComponent<ApiKeyPage> OpenKey() => Open<ApiKeyPage>(parameters => parameters.Add(page => page.Id, _made.Key.Key.Id.Value));

    private async Task<ManagedApiKey> KeyAsync() => (await House.Keys.GetAsync(House.Developer, House.Tenant, _made.Key.Key.Id, Ct)).Value!;
}
