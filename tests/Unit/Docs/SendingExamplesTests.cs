using System.Net;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tests.Unit.SigningIn;
using Dojo.Pci.Tokenization.Audit;
using Microsoft.Extensions.DependencyInjection;

namespace Dojo.Pci.Tests.Unit.Docs;

/// <summary>The corrected request of an error page, sent to a member's sandbox.</summary>
public sealed class SendingExamplesTests(PortalFactory portal) : IClassFixture<PortalFactory>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stranger_is_told_to_sign_in_and_comes_back_to_the_page()
    {
        using var browser = new Browser(portal);

        var page = await browser.OpenAsync("/docs/errors/reference");

        page.Document.QuerySelector("[data-testid=try-send]").ShouldBeNull();
        page.Document.QuerySelector("[data-testid=try] a")!.GetAttribute("href").ShouldNotBeNull().ShouldContain(Uri.EscapeDataString("/docs/errors/reference"));
        (await browser.PostAsync("/docs/errors/reference", ("_handler", "try"))).Status.ShouldBe(HttpStatusCode.BadRequest, "without a form of ours");
    }

    [Theory]
    [InlineData("reference")]
    [InlineData("card-number")]
    [InlineData("terms")]
    [InlineData("version")]
    [InlineData("unauthorized")]
    public async Task A_member_sends_it_to_their_sandbox_and_sees_the_answer(string code)
    {
        using var owner = await APerson.OwnerAsync(portal);
        var before = await portal.CountSetupIntentsAsync();
        var page = await owner.Browser.OpenAsync($"/docs/errors/{code}?env=production");

        var answer = await owner.Browser.SubmitAsync(page, "try");

        answer.Document.QuerySelector("[data-testid=try-answer]").ShouldNotBeNull().TextContent.ShouldContain("200 OK");
        answer.Document.QuerySelector("[data-testid=try-body]")!.TextContent.ShouldContain("si_sandbox_");
        (await portal.CountSetupIntentsAsync()).ShouldBe(before + 1);
        var member = (await owner.FindMemberAsync()).ShouldNotBeNull();
        (await portal.Services.GetRequiredService<IAuditStore>().ListAsync(member.Account, subject: null, before: null, 5, Ct))
            .ShouldContain(recorded => recorded.Entry.Action == "request replayed" && recorded.Entry.Actor == $"member:{member.Id.Value}" && recorded.Entry.Detail == $"the example of /docs/errors/{code}");
    }

    [Fact]
    public async Task What_is_no_tokenization_is_sent_from_the_reference()
    {
        using var owner = await APerson.OwnerAsync(portal);

        var page = await owner.Browser.OpenAsync("/docs/errors/url");

        page.Document.QuerySelector("[data-testid=try]").ShouldBeNull();
        page.Document.QuerySelector("[data-testid=try-reference]")!.GetAttribute("href").ShouldBe("/docs/reference#tag/webhooks/POST/webhooks");
    }
}
