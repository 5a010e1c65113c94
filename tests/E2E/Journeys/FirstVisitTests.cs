using System.Collections.Concurrent;
using Dojo.Pci.Tests.E2E.Infrastructure;
using Dojo.Pci.Tests.E2E.Pages;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Dojo.Pci.Tests.E2E.Journeys;

/// <summary>What a browser with an empty cache downloads for a page.</summary>
[Collection(PortalAndBrowserTests.Name)]
[Trait("Length", "Long")]
public sealed class FirstVisitTests(PortalAndBrowser shared)
{
    // A build compresses less than a published program.
    private const int MostBytes = 300_000;
    private const int MostRequests = 24;

    [Fact]
    public async Task A_page_is_sent_in_few_compressed_files_that_the_next_visit_need_not_ask_for()
    {
        await using var own = await PortalOfSomeone.StartAsync(shared.Browser);
        var page = own.Page;
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("Network.enable");
        await session.SendAsync("Network.setCacheDisabled", new(StringComparer.Ordinal) { ["cacheDisabled"] = true });
        var answers = new ConcurrentQueue<IResponse>();
        page.Response += (_, answer) => answers.Enqueue(answer);

        await own.Visit.OpenAsync(TokenPages.Address);
        await Expect(new Frame(page).Heading).ToHaveTextAsync("Tokens");
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        var (total, sent) = (0, new List<string>());
        foreach (var answer in answers)
        {
            await answer.FinishedAsync();
            var (size, address) = ((await answer.Request.SizesAsync()).ResponseBodySize, new Uri(answer.Url).AbsolutePath);
            total += size;
            sent.Add($"{size} {address}");
            if (address.EndsWith(".js", StringComparison.Ordinal) || address.EndsWith(".css", StringComparison.Ordinal))
            {
                (await answer.HeaderValueAsync("content-encoding")).ShouldBe("gzip", address);
            }
        }

        total.ShouldBeLessThan(MostBytes, string.Join('\n', sent));
        sent.Count.ShouldBeLessThan(MostRequests, string.Join('\n', sent));
    }
}
