using Bunit;
using Dojo.Pci.Portal;
using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Portal.Components.Pages.Logs;
using Dojo.Pci.Tokenization.Access;
using Microsoft.AspNetCore.Components.Web;

namespace Dojo.Pci.Tests.Unit.Pages.Logs;

public sealed class LogsPageTests : LogPageTest
{
    [Fact]
    public void The_pages_are_for_those_who_may_read_the_log()
    {
        foreach (var page in new[] { typeof(LogsPage), typeof(LogDetailPage) })
        {
            page.GetCustomAttributes(typeof(AllowAttribute), inherit: false).ShouldHaveSingleItem().ShouldBeOfType<AllowAttribute>().Operation.ShouldBe(Operation.ViewRequestLogs);
        }
    }

    [Fact]
    public void Without_requests_the_page_says_so_and_offers_a_longer_time()
    {
        var page = Show<LogsPage>(PortalUrls.Logs);

        page.WaitForElement("[data-testid=empty]").TextContent.ShouldContain("No requests in this period");
        page.Act("[data-testid=widen]", element => element.Click());
        Navigation.Uri.ShouldContain("range=30d");
    }

    [Fact]
    public async Task A_row_shows_its_request_and_leads_to_it_with_the_filters_of_the_list()
    {
        await LogAsync(Entry with { Status = 400, Refusal = "CardNumber,Reference", Duration = TimeSpan.FromMilliseconds(12) });

        var page = Show<LogsPage>($"{PortalUrls.Logs}?status=4xx&range=1h");

        var row = page.WaitForElement("tr[data-testid=log]");
        row.QuerySelector("[data-testid=status]")!.TextContent.ShouldContain("400");
        row.TextContent.ShouldContain("12 ms");
        row.TextContent.ShouldContain("CardNumber, Reference");
        row.QuerySelector("a")!.GetAttribute("href").ShouldBe(PortalUrls.Log(Selected, 1, ("range", "1h"), ("status", "4xx")));
        page.WaitForAssertion(() => page.Find("[data-testid=count]").TextContent.ShouldBe("1 request"));
    }

    [Fact]
    public async Task The_filters_come_from_the_address_and_can_be_taken_off_one_by_one()
    {
        await LogAsync(Entry, Entry with { Status = 404, Method = "GET", Refusal = "NotFound" });

        var page = Show<LogsPage>($"{PortalUrls.Logs}?status=404&method=GET&slower=1&ip=192.0.2.7&refusal=NotFound&version=2025-09-10");

        page.WaitForAssertion(() => page.FindAll("tr[data-testid=log]").Count.ShouldBe(1));
        page.FindAll("[data-testid=chip]").Count.ShouldBe(6);
        page.Act("[data-testid=clear]", element => element.Click());
        page.WaitForAssertion(() => page.FindAll("tr[data-testid=log]").Count.ShouldBe(2));
        Navigation.Uri.ShouldEndWith(PortalUrls.In(Selected, PortalUrls.Logs));
    }

    [Fact]
    public async Task An_address_that_makes_no_sense_is_said_and_nothing_wider_is_shown()
    {
        await LogAsync(Entry);

        var page = Show<LogsPage>($"{PortalUrls.Logs}?q=4111111111111111&status=7&range=2y&ip=here&slower=no&key=a&from=now&columns=card&route=4111111111111111");

        var said = page.WaitForElement("[data-testid=misread]").TextContent;
        foreach (var name in new[] { "q", "status", "range", "ip", "slower", "key", "from", "columns", "route" })
        {
            said.ShouldContain($"The parameter {name} of the address must be ");
        }

        said.ShouldNotContain("4111");
        page.FindAll("tr[data-testid=log]").ShouldBeEmpty();
    }

    [Fact]
    public async Task Pressing_a_bar_and_drawing_over_several_choose_their_time()
    {
        await LogAsync(Entry);
        var page = Show<LogsPage>($"{PortalUrls.Logs}?range=15m");
        page.WaitForElements("[data-testid=bar]");

        await page.InvokeAsync(() => page.FindAll("[data-testid=bar]")[3].PointerDown(new PointerEventArgs()));
        await page.InvokeAsync(() => page.FindAll("[data-testid=bar]")[5].PointerEnter(new PointerEventArgs()));
        await page.InvokeAsync(() => page.FindAll("[data-testid=bar]")[5].PointerUp(new PointerEventArgs()));

        Navigation.Uri.ShouldContain("from=2026-11-22T09%3A17%3A00Z&to=2026-11-22T09%3A18%3A30Z");
        page.WaitForAssertion(() => page.Find("[data-testid=live]").TextContent.ShouldContain("Past"));
    }

    [Fact]
    public async Task A_new_request_appears_by_itself_and_waits_while_the_reader_points_at_a_row()
    {
        await LogAsync(Entry);
        var page = Show<LogsPage>(PortalUrls.Logs);
        page.WaitForAssertion(() => page.FindAll("tr[data-testid=log]").Count.ShouldBe(1));

        await LogAsync(Entry with { Status = 201 });
        await AdvanceUntilAsync(() => page.FindAll("tr[data-testid=log]").Count.ShouldBe(2));

        page.Act("[data-testid=logs]", element => element.ParentElement!.PointerEnter(new PointerEventArgs()));
        await LogAsync(Entry with { Status = 202 });
        await AdvanceUntilAsync(() => page.FindAll("[data-testid=pill]").Select(pill => pill.TextContent.Trim()).ShouldBe(["1 new"]));
        page.FindAll("tr[data-testid=log]").Count.ShouldBe(2);

        page.Act("[data-testid=pill]", element => element.Click());
        page.WaitForAssertion(() => page.FindAll("tr[data-testid=log]").Count.ShouldBe(3));
    }

    [Fact]
    public async Task Where_more_arrive_than_a_page_has_the_newest_are_shown_and_the_page_says_that_it_samples()
    {
        await LogAsync(Entry);
        var page = Show<LogsPage>("/logs");
        page.WaitForElement("[data-testid=log]");

        await LogAsync([.. Enumerable.Range(0, 200).Select(number => Entry with { At = Clock.GetUtcNow().AddSeconds(-30).AddMilliseconds(number) })]);
        page.WaitForElement("[data-testid=sampled]").TextContent.ShouldContain("newest 50");
        page.Find("[data-testid=live]").TextContent.ShouldContain("Live, sampled");

        await LogAsync(Entry with { At = Clock.GetUtcNow().AddSeconds(-1) });
        await AdvanceUntilAsync(() => page.FindAll("[data-testid=sampled]").ShouldBeEmpty());
        page.Find("[data-testid=live]").TextContent.Trim().ShouldBe("Live");
    }

    [Fact]
    public async Task Columns_and_density_are_remembered_for_the_member()
    {
        await LogAsync(Entry);
        var page = Show<LogsPage>(PortalUrls.Logs);
        page.WaitForElement("[data-testid=log]");
        page.FindAll("[data-testid=logs].dense").ShouldBeEmpty();

        await page.InvokeAsync(() => page.FindComponent<LogColumnMenu>().Instance.OnChange.InvokeAsync([LogColumn.Time, LogColumn.Route]));
        page.Act("[data-testid=density]", element => element.Click());
        page.WaitForAssertion(() => page.FindAll("[data-testid=logs] thead th").Select(header => header.TextContent).ShouldBe(["Time", "Route"]));

        var again = Show<LogsPage>($"{PortalUrls.Logs}?range=1h");
        again.WaitForAssertion(() => again.FindAll("[data-testid=logs].dense thead th").Select(header => header.TextContent).ShouldBe(["Time", "Route"]));
        again.Find("[data-testid=density]").GetAttribute("aria-pressed").ShouldBe("true");
    }

    [Fact]
    public async Task While_paused_nothing_comes_and_resuming_shows_it()
    {
        await LogAsync(Entry);
        var page = Show<LogsPage>(PortalUrls.Logs);
        page.WaitForAssertion(() => page.FindAll("tr[data-testid=log]").Count.ShouldBe(1));
        page.Act("[data-testid=pause]", element => element.Click());
        page.Find("[data-testid=live]").TextContent.ShouldContain("Paused");

        await LogAsync(Entry with { Status = 201 });
        page.Act("[data-testid=pause]", element => element.Click());

        page.WaitForAssertion(() => page.FindAll("tr[data-testid=log]").Count.ShouldBe(2));
    }

    [Fact]
    public async Task The_columns_stand_in_the_address()
    {
        await LogAsync(Entry);

        var page = Show<LogsPage>($"{PortalUrls.Logs}?columns=time,route,trace");

        page.WaitForElement("tr[data-testid=log]");
        page.FindAll("[data-testid=logs] thead th").Select(head => head.TextContent).ShouldBe(["Time", "Route", "Trace id"]);
        await page.InvokeAsync(() => page.FindComponent<LogColumnMenu>().Instance.OnChange.InvokeAsync([LogColumn.Route, LogColumn.Status]));
        Navigation.Uri.ShouldContain("columns=status%2Croute");
    }

    [Fact]
    public async Task A_request_is_shown_with_its_refusal_its_neighbours_and_a_call_to_paste_without_the_key()
    {
        var body = RequestLogs.Samples.Body("Booking 'x'");
        await LogAsync(
            Entry with { At = Clock.GetUtcNow().AddMinutes(-3), Status = 200, TokenId = "si_sandbox_RjEyVjWVn1-4qYICIsggkQ", Body = body },
            Entry with { At = Clock.GetUtcNow().AddMinutes(-2), Status = 400, Refusal = "CardNumber", Problem = new(null, [new("CardNumber", "It must pass the check.")]) },
            Entry with { At = Clock.GetUtcNow().AddMinutes(-1), Status = 404, Method = "GET", Route = "/setup-intents/{id}", Refusal = "NotFound" });

        var page = ShowRequest(2);
        page.WaitForElement("[data-testid=refusal]").TextContent.ShouldContain("It must pass the check.");
        page.Find("[data-testid=newer]").GetAttribute("href").ShouldBe(PortalUrls.Log(Selected, 3));
        page.Find("[data-testid=older]").GetAttribute("href").ShouldBe(PortalUrls.Log(Selected, 1));
        page.FindAll("[data-testid=same] a").ShouldHaveSingleItem().GetAttribute("href").ShouldBe(PortalUrls.Log(Selected, 1));

        var first = ShowRequest(1);
        first.WaitForElement("[data-testid=token-link]").GetAttribute("href").ShouldBe(PortalUrls.Token(Selected, "si_sandbox_RjEyVjWVn1-4qYICIsggkQ"));
        first.Markup.ShouldContain("52000000****1005");
        first.Markup.ShouldContain("$DOJO_API_KEY");
        LogCurl.Of(Entry with { Body = body }, "http://localhost/", Clock.GetUtcNow()).ShouldContain("Booking '\\''x'\\''");
    }

    [Fact]
    public async Task A_request_of_another_place_is_not_found()
    {
        await LogAsync(Entry with { Tenant = Selected.Tenant with { Environment = Tokenization.Accounts.TenantEnvironment.Production } });

        ShowRequest(1).WaitForAssertion(() => Nothing());

        void Nothing() => ShowRequest(1).Find("h1").TextContent.ShouldStartWith("Request not found");
    }

    private IRenderedComponent<LogDetailPage> ShowRequest(long id) => Show<LogDetailPage>(PortalUrls.Log(Selected, id), parameters => parameters.Add(page => page.Id, id));
}
