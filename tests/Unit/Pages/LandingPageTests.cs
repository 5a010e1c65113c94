using System.Text.RegularExpressions;
using Bunit;
using Dojo.Pci.Portal.Components.Pages.Landing;
using Dojo.Pci.Portal.Presentation;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Dojo.Pci.Tests.Unit.Pages;

public sealed partial class LandingPageTests : PageTest
{
    [Fact]
    public void A_healthy_portal_says_so_part_by_part()
    {
        Health.Answer = _ => Task.FromResult(StubHealth.Report(("database", HealthStatus.Healthy)));

        var page = Render<LandingPage>();

        page.Find("[data-testid=health-summary]").TextContent.ShouldBe("Healthy");
        var rows = page.FindAll("[data-testid=health-row]");
        rows.Count.ShouldBe(2);
        rows[1].TextContent.ShouldContain("database");
        rows[1].TextContent.ShouldContain("12 ms");
    }

    [Theory]
    [InlineData(HealthStatus.Degraded, "Degraded")]
    [InlineData(HealthStatus.Unhealthy, "Unhealthy")]
    public void A_failing_part_is_named_without_what_its_check_found(HealthStatus status, string word)
    {
        Health.Answer = _ => Task.FromResult(StubHealth.Report(("database", status), ("keys", HealthStatus.Healthy)));

        var page = Render<LandingPage>();

        page.Find("[data-testid=health-summary]").TextContent.ShouldBe(word);
        page.FindAll("[data-testid=health-row]")[1].TextContent.ShouldContain(word);
        page.Markup.ShouldNotContain("/secret/path");
    }

    [Fact]
    public async Task A_slow_check_leaves_the_page_standing_and_asking()
    {
        var slow = new TaskCompletionSource<HealthReport>();
        Health.Answer = _ => slow.Task;

        var page = Render<LandingPage>();
        Clock.Advance(TimeSpan.FromSeconds(1));
        await page.WaitForElementAsync("[data-testid=health-loading]");
        page.Find("[data-testid=health-summary]").TextContent.ShouldBe("Checking");
        page.Find("[data-testid=health]").GetAttribute("aria-busy").ShouldBe("true");

        slow.SetResult(StubHealth.Report());
        await page.WaitForAssertionAsync(() => page.Find("[data-testid=health-summary]").TextContent.ShouldBe("Healthy"));
    }

    [Fact]
    public async Task Checks_that_never_answer_become_a_result()
    {
        Health.Answer = _ => new TaskCompletionSource<HealthReport>().Task;

        var page = Render<LandingPage>();
        Clock.Advance(TimeSpan.FromSeconds(11));

        await page.WaitForAssertionAsync(() => page.Find("[data-testid=health-summary]").TextContent.ShouldBe("Unknown"));
        page.Markup.ShouldContain("did not answer within 10 seconds");
    }

    [Fact]
    public void Checks_that_cannot_run_do_not_break_the_page()
    {
        Health.Answer = _ => throw new InvalidOperationException("/secret/path");

        var page = Render<LandingPage>();

        page.Find("[data-testid=health-summary]").TextContent.ShouldBe("Unknown");
        page.Markup.ShouldNotContain("/secret/path");
    }

    [Fact]
    public async Task The_page_follows_the_health_while_it_is_open()
    {
        var page = Render<LandingPage>();
        page.Find("[data-testid=health-summary]").TextContent.ShouldBe("Healthy");

        Health.Answer = _ => Task.FromResult(StubHealth.Report(("database", HealthStatus.Unhealthy)));
        Clock.Advance(HealthPanel.RefreshEvery);

        await page.WaitForAssertionAsync(() => page.Find("[data-testid=health-summary]").TextContent.ShouldBe("Unhealthy"));
    }

    [Fact]
    public void Many_visitors_are_one_run_of_the_checks()
    {
        for (var visitor = 0; visitor < 5; visitor++)
        {
            Render<LandingPage>();
        }

        Health.Runs.ShouldBe(1);
    }

    [Fact]
    public void The_base_address_is_the_one_the_visitor_came_by()
    {
        var page = Render<LandingPage>();

        page.Find("[data-testid=base-address]").TextContent.ShouldBe("http://localhost/");
        page.Find("button[aria-label='Copy base address']").GetAttribute("data-copy").ShouldBe("http://localhost/");
    }

    [Theory]
    [InlineData("curl", "curl http://localhost/setup-intents")]
    [InlineData("C#", "new RestClient(\"http://localhost\")")]
    [InlineData("Python", "requests.post(")]
    [InlineData("Node", "await fetch(\"http://localhost/setup-intents\"")]
    public void A_language_shows_its_sample_and_copies_it(string language, string typical)
    {
        var page = Render<LandingPage>();

        page.FindAll("[role=tab]").Single(tab => tab.TextContent == language).Click();

        var sample = page.Find("[data-testid=sample]").TextContent;
        sample.ShouldContain(typical);
        sample.ShouldContain(PublishedVersion.Newest);
        page.Find($"button[aria-label='Copy {language} sample']").GetAttribute("data-copy").ShouldBe(sample);
        page.Find("[role=tab][aria-selected=true]").TextContent.ShouldBe(language);
    }

    [Fact]
    public void No_key_but_the_placeholder_is_on_the_page()
    {
        var page = Render<LandingPage>();

        SecretKey().Matches(page.Markup).Select(match => match.Value).Distinct(StringComparer.Ordinal).ShouldBe([FirstCall.PlaceholderKey]);
        page.Markup.ShouldNotContain("si_sandbox_");
    }

    [GeneratedRegex("sk_[A-Za-z0-9_-]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SecretKey();
}
