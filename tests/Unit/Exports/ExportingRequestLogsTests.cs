using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dojo.Pci.Portal;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tests.Unit.SigningIn;
using Dojo.Pci.Tokenization.RequestLogs;
using Microsoft.Extensions.DependencyInjection;

namespace Dojo.Pci.Tests.Unit.Exports;

public sealed class ExportingRequestLogsTests(PortalFactory portal) : IClassFixture<PortalFactory>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_member_takes_the_filtered_log_along_for_people_and_for_programs()
    {
        using var owner = await APerson.OwnerAsync(portal);
        await CallAsync("Export this", VaultSamples.Visa);
        await CallAsync("", VaultSamples.Visa);

        var csv = await owner.Browser.AskAsync($"{PortalUrls.LogExportCsv}?status=400");
        var lines = await owner.Browser.AskAsync($"{PortalUrls.LogExportJsonLines}?status=200&route=/setup-intents");

        (csv.Status, csv.CacheControl).ShouldBe((HttpStatusCode.OK, "no-store"));
        csv.Html.ShouldContain(",POST,/setup-intents,400,");
        csv.Html.ShouldContain(",Reference,");
        csv.Html.ShouldNotContain(",200,");
        using var line = JsonDocument.Parse(lines.Html.Split('\n').First(text => text.Contains("Export this", StringComparison.Ordinal)));
        line.RootElement.GetProperty("body").GetProperty("cardNumber").GetString().ShouldBe("41111111****1111");
        line.RootElement.GetProperty("token").GetString().ShouldNotBeNull().ShouldStartWith("si_sandbox_");
        (csv.Html + lines.Html).ShouldNotContain(VaultSamples.Visa);
    }

    [Theory]
    [InlineData("status=7", "Status")]
    [InlineData("q=4111111111111111", "Q")]
    [InlineData("range=2y", "Range")]
    [InlineData("state=ok", "Query")]
    public async Task A_filter_that_cannot_be_applied_is_refused_and_never_left_out(string query, string field)
    {
        using var owner = await APerson.OwnerAsync(portal);

        var answer = await owner.Browser.AskAsync($"{PortalUrls.LogExportCsv}?{query}");

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Html.ShouldContain($"\"{field}\":[");
        answer.Html.ShouldNotContain("4111111111111111");
    }

    private async Task CallAsync(string reference, string card)
    {
        using var client = portal.SandboxClient();
        using var answer = await client.PostAsJsonAsync("/setup-intents", new { reference, cardNumber = card, expiryDate = "12/29" }, Ct);
        await portal.Services.GetRequiredService<RequestLogWriter>().FlushAsync();
    }
}
