using Dojo.Pci.Tests.E2E.Infrastructure;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Dojo.Pci.Tests.E2E.Journeys;

/// <summary>How a developer investigates a call that does not work.</summary>
[Collection(PortalAndBrowserTests.Name)]
public sealed class RequestLogTests(PortalAndBrowser shared)
{
    [Fact]
    public async Task A_refused_call_arrives_live_says_why_and_a_kept_one_is_replayed()
    {
        await using var own = await PortalOfSomeone.StartAsync(shared.Browser);
        var key = await own.FirstKeyAsync();
        await own.Visit.OpenAsync("/logs?range=15m");
        await own.TokenizeAsync(key, "Booking 4711");
        var rows = own.Page.GetByTestId("log");
        await Expect(rows).ToHaveCountAsync(1);
        await own.StatusForAsync(key, new string('R', 61));
        await Expect(rows).ToHaveCountAsync(2);

        await own.Page.Mouse.MoveAsync(0, 0);
        await own.Page.Keyboard.PressAsync("j");
        await own.Page.Keyboard.PressAsync("Enter");
        await Expect(own.Page.GetByTestId("refusal")).ToContainTextAsync("Reference");
        await own.Page.Keyboard.PressAsync("j");
        await Expect(own.Page.GetByTestId("token-link")).ToBeVisibleAsync();
        await own.Page.GetByTestId("replay-run").ClickAsync();
        await own.Page.GetByTestId("replayed-entry").ClickAsync();
        await Expect(own.Page.GetByTestId("summary")).ToContainTextAsync("None");

        await own.Visit.OpenAsync("/logs/errors");
        await own.Page.GetByTestId("mark").ClickAsync();
        await Expect(own.Page.GetByTestId("new")).ToHaveCountAsync(0);
        await own.Visit.OpenAsync("/logs/check");
        await own.Page.GetByTestId("run").ClickAsync();
        await Expect(own.Page.GetByTestId("latest")).ToContainTextAsync("No card number is in the log.");

        await own.Visit.OpenAsync("/logs?status=4xx");
        await own.Page.GetByTestId("views").GetByRole(AriaRole.Button).ClickAsync();
        await own.Page.GetByTestId("save-view").ClickAsync();
        await own.Page.GetByTestId("view-name").FillAsync("Refused");
        await own.Page.GetByTestId("view-save").ClickAsync();
        await Expect(own.Page.GetByTestId("view-name")).ToHaveCountAsync(0);
        await own.Visit.OpenAsync("/logs");
        await own.Page.GetByTestId("views").GetByRole(AriaRole.Button).ClickAsync();
        await own.Page.GetByTestId("view").ClickAsync();
        await Expect(rows).ToHaveCountAsync(1);
        own.Page.Url.ShouldContain("status=4xx");
        own.Visit.Complaints.ShouldBeEmpty();
    }
}
