using Bunit;
using Dojo.Pci.Portal.Components.Pages.Trail;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Trail;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Dojo.Pci.Tests.Unit.Pages;

public sealed class ActivityPageTests : MemberPageTest, IAuditTrail
{
    private readonly List<AuditFilter> _asked = [];
    private Func<AuditFilter, Task<Result<AuditPage>>> _answer;

    public ActivityPageTests()
    {
        Services.AddSingleton<IAuditTrail>(this);
        _answer = filter => Task.FromResult<Result<AuditPage>>(filter.Before is null ? new AuditPage([Entry(9, "member:7", "Olive"), Entry(8, "operator", null)], 8) : new AuditPage([Entry(3, "operator", null, false)], null));
    }

    Task<Result<AuditPage>> IAuditTrail.ListAsync(SignedInMember who, AuditFilter filter, CancellationToken ct)
    {
        _asked.Add(filter);
        return _answer(filter);
    }

    [Fact]
    public void Entries_say_who_what_whom_from_where_and_whether_it_was_done()
    {
        var page = RenderAs<ActivityPage>();

        var first = page.FindAll("[data-testid=entry]")[0].TextContent;
        foreach (var text in new[] { "Olive", "API key created", "Checkout", "key:1", "192.0.2.7", "Done" })
        {
            first.ShouldContain(text);
        }

        page.FindAll("[data-testid=entry]")[1].TextContent.ShouldContain("Operator");
    }

    [Fact]
    public void Older_entries_come_below_until_there_are_none()
    {
        var page = RenderAs<ActivityPage>();

        page.Find(".more button").Click();

        page.FindAll("[data-testid=entry]").Count.ShouldBe(3);
        page.FindAll("[data-testid=entry]")[2].TextContent.ShouldContain("Refused");
        page.FindAll(".more").ShouldBeEmpty();
        _asked.Select(filter => filter.Before).ShouldBe([null, 8]);
    }

    [Fact]
    public void The_address_says_what_is_shown()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/activity?topic=keys&member=7");

        var page = RenderAs<ActivityPage>();

        _asked.ShouldHaveSingleItem().ShouldBe(new AuditFilter { Topic = AuditTopic.ApiKeys, Actor = new MemberId(7) });
        page.Find("[aria-current=true]").TextContent.ShouldBe("API keys");
        page.Find("[data-testid=actor-filter]").GetAttribute("href").ShouldBe("/activity?location=dockside&env=sandbox&topic=keys");
    }

    [Fact]
    public void What_matches_nothing_leads_back_to_everything()
    {
        _answer = _ => Task.FromResult<Result<AuditPage>>(new AuditPage([], null));

        RenderAs<ActivityPage>().Find("[data-testid=empty] a").GetAttribute("href").ShouldBe("/activity?location=dockside&env=sandbox");
    }

    [Fact]
    public void While_it_is_asked_for_the_page_stands()
    {
        _answer = _ => new TaskCompletionSource<Result<AuditPage>>().Task;

        RenderAs<ActivityPage>().Find("[data-testid=loading]").GetAttribute("aria-busy").ShouldBe("true");
    }

    [Fact]
    public void A_refusal_is_shown()
    {
        _answer = _ => Task.FromResult<Result<AuditPage>>(new Refusal.Forbidden("Your role does not allow this."));

        RenderAs<ActivityPage>().Find("[role=alert]").TextContent.ShouldBe("Your role does not allow this.");
    }

    private RecordedAuditEntry Entry(long id, string actor, string? name, bool succeeded = true) => new(
        id,
        new AuditEntry
        {
            Account = Dockside.Account,
            At = Clock.GetUtcNow(),
            Actor = actor,
            Action = "api key created",
            Subject = "key:1",
            Detail = "Checkout",
            Succeeded = succeeded,
            Address = System.Net.IPAddress.Parse("192.0.2.7"),
        },
        name);
}
