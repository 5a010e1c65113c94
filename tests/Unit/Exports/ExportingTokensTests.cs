using System.Net;
using System.Net.Http.Json;
using Dojo.Pci.Portal;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tests.Unit.SigningIn;

namespace Dojo.Pci.Tests.Unit.Exports;

public sealed class ExportingTokensTests(PortalFactory portal) : IClassFixture<PortalFactory>
{
    [Fact]
    public async Task A_member_takes_his_filtered_tokens_along_and_nobody_keeps_a_copy()
    {
        using var owner = await APerson.OwnerAsync(portal);
        using var client = portal.SandboxClient();
        foreach (var reference in new[] { "Export this", "=Export,that", "Leave this" })
        {
            using var created = await client.PostAsJsonAsync(
                "/setup-intents", new { reference, cardNumber = VaultSamples.Visa, expiryDate = "12/29" }, TestContext.Current.CancellationToken);
            created.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        var answer = await owner.Browser.AskAsync($"{PortalUrls.TokenExport}?q=export");

        answer.Status.ShouldBe(HttpStatusCode.OK);
        answer.CacheControl.ShouldBe("no-store");
        answer.Html.ShouldContain(",Export this,Authorized,");
        answer.Html.ShouldContain(",\"'=Export,that\",Authorized,");
        answer.Html.ShouldContain(",41111111****1111,");
        answer.Html.ShouldNotContain("Leave");
        answer.Html.ShouldNotContain(VaultSamples.Visa);
    }

    [Fact]
    public async Task A_stranger_takes_nothing_along()
    {
        using var browser = new Browser(portal);

        var answer = await browser.AskAsync(PortalUrls.TokenExport);

        answer.Status.ShouldBe(HttpStatusCode.Redirect);
        answer.Location.ShouldNotBeNull().ShouldStartWith(PortalUrls.SignIn);
    }
}
