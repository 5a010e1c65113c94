using Bunit;
using Dojo.Pci.Portal.Components;
using Dojo.Pci.Portal.Components.Layout;
using Dojo.Pci.Portal.Components.Pages.Notices;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Notices;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Dojo.Pci.Tests.Unit.Pages;

public sealed class NoticesPageTests : MemberPageTest
{
    private readonly FakeNotices _notices = new();

    public NoticesPageTests()
    {
        Services.AddSingleton<IMemberNotices>(_notices);
        Services.AddSingleton<NoticeSignal>();
        Services.AddScoped<UndoToasts>();
        _notices.Items =
        [
            new MemberNotice { Id = "leak", IsUrgent = true, Title = "API key Till was found in public", Detail = "It still works.", Since = Clock.GetUtcNow(), Key = new ApiKeyId(4) },
            new MemberNotice { Id = "end", IsUrgent = false, Title = "API key Bar expires soon", Detail = "Roll it.", Since = Clock.GetUtcNow(), Due = Clock.GetUtcNow().AddDays(2), Key = new ApiKeyId(5) },
        ];
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }

    [Fact]
    public void A_notice_says_what_it_is_and_leads_to_what_it_is_about()
    {
        var page = RenderAs<NoticesPage>();

        page.FindAll("[data-testid=open-notice] a").Select(link => link.GetAttribute("href")).ShouldBe(["/api-keys/4?location=dockside&env=sandbox", "/api-keys/5?location=dockside&env=sandbox"]);
        page.FindAll("[data-testid=open-notice]")[1].TextContent.ShouldContain("Expires in 2 days");
    }

    [Fact]
    public async Task A_dismissed_notice_is_counted_no_more_and_can_be_restored()
    {
        var bell = RenderBell();
        bell.Find("[data-testid=bell]").GetAttribute("aria-label").ShouldBe("2 notices");
        var page = RenderAs<NoticesPage>();

        await page.FindAll("[data-testid=dismiss]")[0].ClickAsync(new());
        page.FindAll("[data-testid=open-notice]").Count.ShouldBe(1);
        bell.WaitForAssertion(() => bell.Find("[data-testid=bell]").GetAttribute("aria-label").ShouldBe("1 notice"));

        await page.Find("[data-testid=restore]").ClickAsync(new());
        page.FindAll("[data-testid=open-notice]").Count.ShouldBe(2);
        bell.WaitForAssertion(() => bell.Find("[data-testid=bell]").GetAttribute("aria-label").ShouldBe("2 notices"));
    }

    [Fact]
    public async Task The_bell_counts_again_while_a_page_is_open()
    {
        var bell = RenderBell();
        _notices.Items = [];
        Clock.Advance(NoticeBell.RefreshEvery);

        await bell.WaitForAssertionAsync(() => bell.Find("[data-testid=bell]").GetAttribute("aria-label").ShouldBe("Notices"));
    }

    private IRenderedComponent<NoticeBell> RenderBell() => Render<NoticeBell>(bell => bell.Add(self => self.Who, Who!).Add(self => self.Selected, new Dojo.Pci.Portal.SelectedTenant(Dockside, Dojo.Pci.Tokenization.Accounts.TenantEnvironment.Sandbox, [Dockside])));
}
