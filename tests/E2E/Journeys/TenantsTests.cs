using System.Net;
using Dojo.Pci.Tests.E2E.Infrastructure;
using Dojo.Pci.Tests.E2E.Pages;
using static Microsoft.Playwright.Assertions;

namespace Dojo.Pci.Tests.E2E.Journeys;

/// <summary>Two accounts in one portal.</summary>
[Trait("Length", "Long")]
[Collection(PortalAndBrowserTests.Name)]
public sealed class TenantsTests(PortalAndBrowser shared)
{
    [Fact]
    public async Task Two_accounts_never_see_each_other()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var own = await PortalOfSomeone.StartAsync(shared.Browser);
        var token = await own.TokenizeAsync(await own.FirstKeyAsync(), "Of the first account");

        var (exit, printed) = await own.Portal.CommandAsync(["accounts", "create", "Other company"], ct);
        exit.ShouldBe(0, printed);
        await using var visit = await Visit.BeginAsync(shared.Browser, own.Portal);
        var other = new Someone("Grace Hopper", "grace@example.com");
        await other.SetUpAsync(visit, printed.Split('\n').Single(line => line.Contains("/setup#", StringComparison.Ordinal)).Trim());
        await Expect(visit.Page.GetByTestId("place-name")).ToHaveTextAsync("Main location");

        // Nothing of the other account is visible: not in lists, not by address, not by requesting its location.
        foreach (var address in new[] { "/tokens", "/tokens?location=main-location&env=sandbox", "/api-keys?location=development", "/members", "/activity" })
        {
            await visit.OpenAsync(address);
            await Expect(new Frame(visit.Page).Heading).ToBeVisibleAsync();
            (await visit.Page.ContentAsync()).ShouldNotContain("Of the first account", customMessage: address);
            (await visit.Page.ContentAsync()).ShouldNotContain("ada@example.com", customMessage: address);
            await Expect(visit.Page.GetByText("First key")).ToHaveCountAsync(0);
        }

        foreach (var address in new[] { $"/tokens/{token}", $"/tokens/{token}?location=main-location&env=sandbox", "/api-keys/1", "/api-keys/1/roll" })
        {
            await visit.Page.GotoAsync(address);
            await Expect(visit.Page.Locator("main")).Not.ToBeEmptyAsync();
            await visit.Page.WaitForLoadStateAsync(Microsoft.Playwright.LoadState.NetworkIdle);
            (await visit.Page.ContentAsync()).ShouldNotContain("Of the first account", customMessage: address);
            (await visit.Page.ContentAsync()).ShouldNotContain("First key", customMessage: address);
        }

        var file = await visit.Page.APIRequest.GetAsync("/tokens/export.csv?location=main-location&env=sandbox");
        file.Status.ShouldBe((int)HttpStatusCode.OK);
        (await file.TextAsync()).ShouldNotContain("Of the first account");

        // And the first account sees only its own.
        await own.Visit.OpenAsync("/activity");
        (await own.Page.ContentAsync()).ShouldNotContain("Grace Hopper");
    }
}
