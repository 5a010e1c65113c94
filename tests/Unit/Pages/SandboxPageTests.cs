using Bunit;
using Dojo.Pci.Portal;
using Dojo.Pci.Portal.Components;
using Dojo.Pci.Portal.Components.Layout;
using Dojo.Pci.Portal.Components.Pages.Sandbox;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Faults;
using Dojo.Pci.Tokenization.Sandbox;
using Dojo.Pci.Tokenization.Seeding;
using Microsoft.Extensions.DependencyInjection;

namespace Dojo.Pci.Tests.Unit.Pages;

public sealed class SandboxPageTests : MemberPageTest
{
    private readonly FakeSandbox _sandbox = new();

    public SandboxPageTests() => Services.AddSingleton<ISandboxControls>(_sandbox).AddSingleton<ISandboxFaults>(_sandbox).AddSingleton<ISandboxes>(_sandbox).AddSingleton<ISandboxSeeds>(_sandbox).AddScoped<NoticeSignal>();

    [Fact]
    public void The_clock_moves_once_the_reader_has_seen_what_falls_due()
    {
        var dialogs = Dialogs;
        _sandbox.Due = new DueCounts(3, 1, 0, 2, 0);
        var page = RenderAs<SandboxPage>();
        page.Find("[data-testid=ahead]").TextContent.ShouldBe("The real time");

        page.Act("[data-testid=by-1-month]", button => button.Click());

        dialogs.WaitForElement("[data-testid=clock-preview]").TextContent.ShouldContain("On the way, 3 tokens expire, 1 card passes its expiry month, 2 payments are released.");
        _sandbox.Asked.ShouldBeEmpty();
        dialogs.Act("[data-testid=clock-confirm]", button => button.Click());
        page.WaitForAssertion(() => page.Find("[data-testid=moved]").TextContent.ShouldContain("3 tokens expire"));
        _sandbox.Asked.ShouldBe(["clock 2026-07-15T09:30:00"]);
    }

    [Fact]
    public void A_date_that_is_over_is_refused_before_anything_is_asked()
    {
        var page = RenderAs<SandboxPage>();

        page.Act("[data-testid=to]", field => field.Input("2020-01-01T00:00"));
        page.Act("[data-testid=clock] form", form => form.Submit());

        page.Find("[data-testid=clock-trouble]").TextContent.ShouldContain("only goes forward");
        _sandbox.Asked.ShouldBeEmpty();
    }

    [Fact]
    public void Faults_are_set_for_minutes_and_ended()
    {
        var page = RenderAs<SandboxPage>();
        page.Act("[data-testid=ErrorPercent]", field => field.Input("20"));
        page.Act("[data-testid=LatencyMilliseconds]", field => field.Input("300"));

        page.Act(".fault-form", form => form.Submit());

        _sandbox.Asked.ShouldBe(["faults Latency 300, Error 20 for minutes 10"]);
        page.Find("[data-testid=active]").TextContent.ShouldBe("300 ms of latency, 20 % answered with 500");
        page.Act("[data-testid=clear]", button => button.Click());
        page.FindAll("[data-testid=active]").ShouldBeEmpty();
    }

    [Fact]
    public void No_fault_at_all_is_said_in_the_words_of_the_form()
    {
        var page = RenderAs<SandboxPage>();

        page.Act(".fault-form", form => form.Submit());

        page.Find("[data-testid=faults-trouble]").TextContent.ShouldBe("Choose at least one fault.");
    }

    [Fact]
    public void Faults_without_a_length_are_refused_in_the_words_of_the_form()
    {
        var page = RenderAs<SandboxPage>();
        page.Act("[data-testid=ErrorPercent]", field => field.Input("20"));
        page.Act("[data-testid=length]", field => field.Input(""));

        page.Act(".fault-form", form => form.Submit());

        page.Find("[data-testid=faults-trouble]").TextContent.ShouldBe("Enter the number of requests or minutes.");
    }

    [Fact]
    public void A_throwaway_sandbox_is_listed_and_removed()
    {
        _sandbox.Throwaways.Add(new ThrowawaySandbox(new LocationId(9), "throwaway-k3m9x2pafe", Clock.GetUtcNow(), Clock.GetUtcNow().AddHours(1)));
        var page = RenderAs<SandboxPage>();
        page.Find("[data-testid=throwaway] a").GetAttribute("href").ShouldBe("/?location=throwaway-k3m9x2pafe&env=sandbox");

        page.Act("[data-testid=remove]", button => button.Click());

        page.WaitForElement("[data-testid=none]").TextContent.ShouldContain("You can have up to 50 at a time");
        _sandbox.Asked.ShouldBe(["remove throwaway-k3m9x2pafe"]);
    }

    [Fact]
    public void A_reset_wants_the_name_and_shows_how_far_it_is()
    {
        var page = RenderAs<SandboxPage>();
        page.Find("[data-testid=reset-now]").HasAttribute("disabled").ShouldBeTrue();

        page.Act("[data-testid=typed]", field => field.Input("Dockside"));
        page.Act("[data-testid=reset] form", form => form.Submit());

        page.WaitForElement("[data-testid=progress]").TextContent.ShouldContain("40 of 100 tokens are gone");
        _sandbox.Progress = null;
        Clock.Advance(ResetPanel.RefreshEvery);
        page.WaitForElement("[data-testid=done]");
        _sandbox.Asked.ShouldBe(["reset Dockside"]);
    }

    [Fact]
    public void Sample_data_is_said_before_it_is_made_and_followed_until_it_is_there()
    {
        var page = RenderAs<SandboxPage>();
        page.Act("[data-testid=seed-number]", field => field.Input("42"));
        page.Find("[data-testid=seed-plan]").TextContent.ShouldContain("1,000 authorized");
        page.Find("[data-testid=seed-plan]").TextContent.ShouldContain("42 card expired");

        page.Act("[data-testid=seed] form", form => form.Submit());

        _sandbox.Asked.ShouldBe(["seed 1000 42"]);
        page.WaitForElement("[data-testid=seed-progress]").TextContent.ShouldBe("500 of 1,000 tokens have been made.");
        _sandbox.Seed = _sandbox.Seed! with { Status = SeedStatus.Done, EndedAt = Clock.GetUtcNow(), Done = 1000, Tokens = 990, Payments = 1 };
        Clock.Advance(SeedPanel.RefreshEvery);
        page.WaitForElement("[data-testid=seed-result]").TextContent.ShouldContain("Made 990 tokens and 1 payment. Seed 42; 10 left out, because their references are taken");
    }

    [Fact]
    public void Sample_data_that_is_being_made_is_stopped()
    {
        _sandbox.Seed = new SeedRun(new SeedWish(100, 1), SeedStatus.Running, Clock.GetUtcNow(), EndedAt: null, 10, 10, 3);
        var page = RenderAs<SandboxPage>();

        page.Act("[data-testid=seed-stop]", button => button.Click());

        page.WaitForElement("[data-testid=seed-result]").TextContent.ShouldContain("Stopped after 10 tokens and 3 payments.");
        page.Find("[data-testid=seed-begin]").HasAttribute("disabled").ShouldBeFalse();
    }

    [Fact]
    public void Every_page_of_the_sandbox_says_that_faults_are_on_and_stops_saying_so()
    {
        _sandbox.Active = new ActiveFaults(new FaultPlan(new Dictionary<FaultKind, int> { [FaultKind.Dropped] = 5 }), EndsAt: null, 12, AttemptsLeft: null, DeliveriesLeft: null);
        Who = Member(MemberRole.Viewer);
        var banner = Render<FaultBanner>(parameters => parameters.Add(shown => shown.Who, Who).Add(shown => shown.Selected, new SelectedTenant(Dockside, TenantEnvironment.Sandbox, [Dockside])));

        banner.Find("[data-testid=fault-banner]").TextContent.ShouldContain("5 % of connections lost");
        banner.Markup.ShouldContain("12 requests left");
        banner.FindAll("a").ShouldBeEmpty("a viewer cannot change them");

        _sandbox.Active = null;
        Clock.Advance(FaultBanner.RefreshEvery);
        banner.WaitForAssertion(() => banner.FindAll("[data-testid=fault-banner]").ShouldBeEmpty());
    }
}
