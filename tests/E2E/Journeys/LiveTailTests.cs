using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Dojo.Pci.Tests.E2E.Infrastructure;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Dojo.Pci.Tests.E2E.Journeys;

/// <summary>Lists followed live while more entries arrive than anybody can read. Each test prints its measurements; no assertion depends on the clock.</summary>
[Trait("Length", "Long")]
[Collection(PortalAndBrowserTests.Name)]
public sealed class LiveTailTests(PortalAndBrowser shared, ITestOutputHelper output)
{
    private const int TicksPerSecond = 50;

    // Long tasks block a page for 50 ms or more; the reader sees them as late frames.
    private const string WatchScript = """
        window.seen = { tasks: [], frames: [] };
        new PerformanceObserver(list => window.seen.tasks.push(...list.getEntries().map(entry => entry.duration))).observe({ type: 'longtask', buffered: true });
        let last = performance.now();
        const frame = now => { window.seen.frames.push(now - last); last = now; requestAnimationFrame(frame); };
        requestAnimationFrame(frame);
        """;

    private const string SeenScript = """
        () => {
          const { tasks, frames } = window.seen;
          const paint = performance.getEntriesByName('first-contentful-paint')[0];
          return `first paint ${Math.round(paint ? paint.startTime : 0)} ms, ${tasks.length} long tasks, the longest ${Math.round(Math.max(0, ...tasks))} ms, `
            + `${frames.length} frames, ${frames.filter(gap => gap > 50).length} later than 50 ms, the latest ${Math.round(Math.max(0, ...frames))} ms`;
        }
        """;

    [Fact]
    public async Task With_a_thousand_requests_a_second_the_log_shows_the_newest_says_so_and_answers_its_reader()
    {
        await using var own = await PortalOfSomeone.StartAsync(shared.Browser);
        var (page, key) = (own.Page, await own.FirstKeyAsync());
        await own.StatusForAsync(key);
        await own.Visit.OpenAsync("/logs?range=15m");
        await Expect(page.GetByTestId("log").First).ToBeVisibleAsync();
        await page.Mouse.MoveAsync(0, 0);
        await page.EvaluateAsync(WatchScript);
        await using var load = new Load(own.Portal, key, perSecond: 1000, () => new HttpRequestMessage(HttpMethod.Get, "setup-intents/si_sandbox_0000000000000000000000"));

        await Expect(page.GetByTestId("sampled")).ToContainTextAsync("More requests arrive than can be shown");
        await Expect(page.GetByTestId("live")).ToHaveTextAsync("Live, sampled");

        await page.GetByTestId("pause").ClickAsync();
        await Expect(page.GetByTestId("live")).ToHaveTextAsync("Paused");
        var paused = await page.GetByTestId("log").First.InnerTextAsync();
        await load.MoreAsync(2000);
        (await page.GetByTestId("log").First.InnerTextAsync()).ShouldBe(paused, "nothing moves while it is paused");
        await page.GetByTestId("pause").ClickAsync();
        await Expect(page.GetByTestId("live")).ToHaveTextAsync("Live, sampled");
        await Expect(page.GetByTestId("log").First).Not.ToHaveTextAsync(paused);
        await load.MoreAsync(5000);

        output.WriteLine($"/logs at {load.Rate}: {await page.EvaluateAsync<string>(SeenScript)}");
        await page.GetByTestId("log").First.ClickAsync();
        await Expect(page.GetByTestId("summary")).ToBeVisibleAsync();
        own.Visit.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task With_fifty_tokens_a_second_the_list_takes_them_in_and_stands_still_under_the_pointer()
    {
        await using var own = await PortalOfSomeone.StartAsync(shared.Browser);
        var (page, key) = (own.Page, await own.FirstKeyAsync());
        await own.TokenizeAsync(key, "The first");
        await own.Visit.OpenAsync("/tokens");
        var rows = page.GetByTestId("token");
        await Expect(rows.First).ToBeVisibleAsync();
        await page.Mouse.MoveAsync(0, 0);
        await page.EvaluateAsync(WatchScript);
        await using var load = new Load(own.Portal, key, perSecond: 50, () => new HttpRequestMessage(HttpMethod.Post, "setup-intents")
        {
            Content = new StringContent("""{"cardNumber":"5200000000001005","expiryDate":"12/48","reference":"One of many"}""", Encoding.UTF8, MediaTypeHeaderValue.Parse("application/json")),
        });

        await Expect(rows.First).ToContainTextAsync("One of many");
        await load.MoreAsync(500);
        await rows.First.HoverAsync();
        await Expect(page.GetByTestId("pill")).ToBeVisibleAsync();
        var pointed = await rows.First.GetByRole(AriaRole.Link).GetAttributeAsync("href");
        await load.MoreAsync(100);
        (await rows.First.GetByRole(AriaRole.Link).GetAttributeAsync("href")).ShouldBe(pointed, "no row moves under the pointer");

        output.WriteLine($"/tokens at {load.Rate}: {await page.EvaluateAsync<string>(SeenScript)}");
        await rows.First.ClickAsync();
        await Expect(page).ToHaveURLAsync(new Uri(own.Portal.BaseAddress, pointed).ToString());
        own.Visit.Complaints.ShouldBeEmpty();
    }

    /// <summary>Requests at a steady rate, until disposed.</summary>
    private sealed class Load : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly PortalProcess _portal;
        private readonly string _key;
        private readonly Func<HttpRequestMessage> _make;
        private readonly long _started = Stopwatch.GetTimestamp();
        private readonly Task _sending;
        private int _answered;

        public Load(PortalProcess portal, string key, int perSecond, Func<HttpRequestMessage> make)
        {
            (_portal, _key, _make) = (portal, key, make);
            _sending = SendAsync(perSecond / TicksPerSecond);
        }

        public string Rate => string.Create(CultureInfo.InvariantCulture, $"{_answered / Stopwatch.GetElapsedTime(_started).TotalSeconds:0} a second");

        /// <summary>Waits for that many more answers.</summary>
        public async Task MoreAsync(int answers)
        {
            var until = _answered + answers;
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            while (_answered < until && !_sending.IsCompleted && await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken))
            {
            }

            _answered.ShouldBeGreaterThanOrEqualTo(until, "the load has ended");
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _sending;
            _stop.Dispose();
        }

        private async Task SendAsync(int perTick)
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / TicksPerSecond));
            List<Task> open = [];
            try
            {
                while (await timer.WaitForNextTickAsync(_stop.Token))
                {
                    open.RemoveAll(task => task.IsCompleted);
                    open.AddRange(Enumerable.Range(0, perTick).Select(_ => AskAsync()));
                }
            }
            catch (OperationCanceledException)
            {
                await Task.WhenAll(open);
            }
        }

        private async Task AskAsync()
        {
            using var request = _make();
            request.Headers.TryAddWithoutValidation("Authorization", $"Basic {_key}");
            request.Headers.Add("version", "2025-09-10");
            using var answer = await _portal.Client.SendAsync(request, CancellationToken.None); // every sent request is counted, also at the end
            Interlocked.Increment(ref _answered);
        }
    }
}
