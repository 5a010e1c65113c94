using Bunit;
using Dojo.Pci.Portal.Components.Pages.Audit;
using Dojo.Pci.Portal.Components.Time;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Dojo.Pci.Tests.Unit.Pages;

public sealed class AuditTrailPageTests : MemberPageTest, IAuditTrail
{
    private readonly List<AuditFilter> _asked = [];
    private Func<AuditFilter, Task<Result<AuditPage>>> _answer;

    public AuditTrailPageTests()
    {
        Services.AddSingleton<IAuditTrail>(this);
        _answer = filter => Task.FromResult<Result<AuditPage>>(filter.Before is null ? new AuditPage([Entry(9, "member:7", "Olive"), Entry(8, "operator", null)], 8) : new AuditPage([Entry(3, "operator", null, false)], null));
    }

    Task<Result<AuditPage>> IAuditTrail.ListAsync(SignedInMember who, AuditFilter filter, CancellationToken ct)
    {
        _asked.Add(filter);
        return _answer(filter);
    }

    Task<Result<ExportedRows<RecordedAuditEntry>>> IAuditTrail.ExportAsync(SignedInMember who, AuditFilter filter, Func<ValueTask<SignedInMember?>> askAgain, CancellationToken ct) =>
        throw new NotSupportedException();

    [Fact]
    public void Entries_say_who_what_whom_from_where_and_whether_it_was_done()
    {
        var page = RenderAs<AuditTrailPage>();

        var first = page.FindAll("[data-testid=entry]")[0].TextContent;
        foreach (var text in new[] { "Olive", "API key created", "Checkout", "API key", "192.0.2.7" })
        {
            first.ShouldContain(text);
        }

        page.FindAll("[data-testid=refused]").ShouldBeEmpty("what was done needs no word for it");
        page.FindAll("[data-testid=entry]")[1].TextContent.ShouldContain("Command line");
    }

    [Fact]
    public void Older_entries_come_below_until_there_are_none()
    {
        var page = RenderAs<AuditTrailPage>();

        page.Act("[data-testid=older]", element => element.Click());

        page.FindAll("[data-testid=entry]").Count.ShouldBe(3);
        page.FindAll("[data-testid=entry]")[2].TextContent.ShouldContain("Refused");
        page.FindAll("[data-testid=older]").ShouldBeEmpty();
        _asked.Select(filter => filter.Before).ShouldBe([null, 8]);
    }

    [Fact]
    public void The_address_says_what_is_shown()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/activity?topic=keys&member=7");

        var page = RenderAs<AuditTrailPage>();

        _asked.ShouldHaveSingleItem().ShouldBe(new AuditFilter { Topic = AuditTopic.ApiKeys, Actor = new MemberId(7) });
        page.Find("[aria-current=true]").TextContent.Trim().ShouldBe("API keys");
        page.Find("[data-testid=actor-filter]").GetAttribute("href").ShouldBe("/activity?location=dockside&env=sandbox&topic=keys");
    }

    [Fact]
    public void Days_are_those_of_the_readers_zone_and_exports_are_filtered_alike()
    {
        Zone = new ZonedTime(TimeZoneInfo.FindSystemTimeZoneById("Europe/Copenhagen"));
        Services.GetRequiredService<NavigationManager>().NavigateTo("/activity?from=2026-11-28&to=2026-11-28&q=checkout");

        var page = RenderAs<AuditTrailPage>();

        _asked.ShouldHaveSingleItem().ShouldBe(new AuditFilter
        {
            From = new DateTimeOffset(2026, 11, 27, 23, 0, 0, TimeSpan.Zero),
            To = new DateTimeOffset(2026, 11, 28, 23, 0, 0, TimeSpan.Zero),
            Text = "checkout",
        });
        page.Find("[data-testid=export-csv]").GetAttribute("href").ShouldBe("/activity/export.csv?location=dockside&env=sandbox&from=2026-11-28&to=2026-11-28&q=checkout");
    }

    [Theory]
    [InlineData("topic=nonsense", "topic")]
    [InlineData("member=someone", "member")]
    [InlineData("from=2026-02-30", "from")]
    [InlineData("q=5200000000001005", "q")]
    [InlineData("actor=7", "actor")]
    public void What_an_address_says_wrongly_is_named_and_nothing_wider_is_shown_or_exported(string query, string named)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo($"/activity?{query}");

        var page = RenderAs<AuditTrailPage>();

        page.Find("[data-testid=misread]").TextContent.ShouldContain($"parameter {named}");
        page.Markup.ShouldNotContain("5200000000001005");
        page.FindAll("[data-testid=export-csv]").ShouldBeEmpty();
        _asked.ShouldBeEmpty();
    }

    [Fact]
    public void A_text_is_searched_for_by_the_address_and_a_card_number_never_gets_there()
    {
        var page = RenderAs<AuditTrailPage>();

        page.Act("input[type=search]", element => element.Change("5200000000001005"));
        Services.GetRequiredService<NavigationManager>().Uri.ShouldNotContain("5200");
        page.Find("#fault-search").TextContent.ShouldContain("Card numbers are not searched for.");

        page.Act("input[type=search]", element => element.Change(" checkout "));
        Services.GetRequiredService<NavigationManager>().Uri.ShouldEndWith("&q=checkout");
    }

    [Theory]
    [InlineData("key:1", null, null, null)]
    [InlineData("member:3", "Ann", "Member Ann", "/members/3?location=dockside&env=sandbox")]
    [InlineData("location:2", "Dockside", "Location Dockside", "/settings?location=dockside&env=sandbox")]
    [InlineData("si_prod_abc", "si_prod_abc", "si_prod_abc", "/tokens/si_prod_abc?location=dockside&env=production")]
    public void A_subject_is_named_and_leads_to_the_thing(string subject, string? name, string? words, string? address)
    {
        _answer = _ => Task.FromResult<Result<AuditPage>>(new AuditPage([Entry(9, "operator", null, subject: subject) with { Thing = AuditThing.Of(subject) with { Name = name } }], null));

        var cell = RenderAs<AuditTrailPage>().Find("[data-testid=subject]");

        cell.TextContent.Trim().ShouldBe(words ?? "API key");
        cell.QuerySelector("a")?.GetAttribute("href").ShouldBe(address);
    }

    [Fact]
    public void An_auditor_gets_no_link_to_a_token()
    {
        _answer = _ => Task.FromResult<Result<AuditPage>>(new AuditPage([Entry(9, "operator", null, subject: "si_prod_abc")], null));

        RenderAs<AuditTrailPage>(MemberRole.Auditor).FindAll("[data-testid=subject] a").ShouldBeEmpty();
    }

    [Fact]
    public void What_matches_nothing_leads_back_to_everything()
    {
        _answer = _ => Task.FromResult<Result<AuditPage>>(new AuditPage([], null));

        RenderAs<AuditTrailPage>().Find("[data-testid=empty] a").GetAttribute("href").ShouldBe("/activity?location=dockside&env=sandbox");
    }

    [Fact]
    public void While_it_is_asked_for_the_page_stands()
    {
        _answer = _ => new TaskCompletionSource<Result<AuditPage>>().Task;

        RenderAs<AuditTrailPage>().Find("[data-testid=loading]").GetAttribute("aria-busy").ShouldBe("true");
    }

    [Fact]
    public void A_refusal_is_shown()
    {
        _answer = _ => Task.FromResult<Result<AuditPage>>(new Refusal.Forbidden("Your role does not allow this."));

        RenderAs<AuditTrailPage>().Find("[role=alert]").TextContent.ShouldBe("Your role does not allow this.");
    }

    private RecordedAuditEntry Entry(long id, string actor, string? name, bool succeeded = true, string subject = "key:1") => new(
        id,
        new AuditEntry
        {
            Account = Dockside.Account,
            At = Clock.GetUtcNow(),
            Actor = actor,
            Action = "api key created",
            Subject = subject,
            Detail = "Checkout",
            Succeeded = succeeded,
            Address = System.Net.IPAddress.Parse("192.0.2.7"),
        },
        name);
}
