using Bunit;
using Dojo.Pci.Portal;
using Dojo.Pci.Portal.Components.Pages.Logs;
using Dojo.Pci.Tests.Unit.RequestLogs;

namespace Dojo.Pci.Tests.Unit.Pages.Logs;

public sealed class LogSumPagesTests : LogPageTest
{
    [Fact]
    public async Task Errors_are_shown_by_cause_lead_to_their_requests_and_are_marked_as_seen()
    {
        await LogAsync(Entry with { Status = 400, Refusal = "CardNumber,Reference" });

        var page = Show<LogErrorsPage>($"{PortalUrls.LogErrors}?range=1h");

        var row = page.WaitForElement("[data-testid=error]");
        row.TextContent.ShouldContain("CardNumber, Reference");
        row.QuerySelector("a")!.GetAttribute("href").ShouldBe(PortalUrls.In(Selected, PortalUrls.Logs, ("range", "1h"), ("status", "400"), ("refusal", "CardNumber")));
        page.Find("[data-testid=example]").GetAttribute("href").ShouldNotBeNull().ShouldContain("/logs/1?");
        page.Act("[data-testid=mark]", element => element.Click());
        page.WaitForAssertion(() => page.FindAll("[data-testid=new]").ShouldBeEmpty());
    }

    [Fact]
    public async Task Latency_is_shown_by_route_and_key()
    {
        await LogAsync(Entry with { Duration = TimeSpan.FromMilliseconds(20) });

        var page = Show<LogLatencyPage>(PortalUrls.LogLatency);

        page.WaitForElement("[data-testid=latency]").TextContent.ShouldContain("20 ms");
    }

    [Fact]
    public async Task The_check_runs_from_the_page_and_says_what_it_found()
    {
        await LogAsync(Entry, Entry with { Body = Samples.Body("Booking 1") });
        var page = Show<LogCheckPage>(PortalUrls.LogCheck);
        page.WaitForElement("[data-testid=empty]");

        page.Act("[data-testid=run]", element => element.Click());

        page.WaitForAssertion(() => page.Find("[data-testid=latest]").TextContent.ShouldContain("No card number is in the log."));
        page.FindAll("[data-testid=check]").Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_request_that_was_kept_can_be_replayed_and_shows_its_answer()
    {
        await LogAsync(Entry with { Body = Samples.Body("Booking 1") });
        var page = Show<LogDetailPage>(PortalUrls.Log(Selected, 1), parameters => parameters.Add(shown => shown.Id, 1));

        page.Act("[data-testid=replay-run]", element => element.Click());

        page.WaitForElement("[data-testid=replayed]").TextContent.ShouldContain("200 OK");
        page.Find("[data-testid=replayed-entry]").GetAttribute("href").ShouldBe(PortalUrls.Log(Selected, 2));
    }
}
