using System.Net;
using Dojo.Pci.Portal.Docs;
using Dojo.Pci.Tests.Unit.Harness;

namespace Dojo.Pci.Tests.Unit.Docs;

/// <summary>The documentation as anonymous visitors and programs receive it.</summary>
public sealed class DocsOverHttpTests(PortalFactory portal) : IClassFixture<PortalFactory>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/docs")]
    [InlineData("/docs/first-token")]
    [InlineData("/docs/search?q=refund")]
    public async Task A_page_needs_no_session_and_no_circuit(string path)
    {
        var (status, body, type) = await GetAsync(path);

        status.ShouldBe(HttpStatusCode.OK);
        type.ShouldBe("text/html");
        body.ShouldNotContain("_framework/blazor.web.js");
        body.ShouldNotContain("<style");
    }

    [Fact]
    public async Task A_guide_names_the_address_of_this_service()
    {
        var (_, page, _) = await GetAsync("/docs/first-token");
        var (_, markdown, type) = await GetAsync("/docs/first-token.md");

        type.ShouldBe("text/markdown");
        markdown.ShouldStartWith("# Your first token");
        foreach (var text in new[] { page, markdown })
        {
            text.ShouldContain("export BASE=https://localhost");
            text.ShouldNotContain(Guide.ExampleAddress);
        }
    }

    [Theory]
    [InlineData("/docs/nothing")]
    [InlineData("/docs/nothing.md")]
    public async Task A_guide_that_is_not_there_is_404(string path) => (await GetAsync(path)).Status.ShouldBe(HttpStatusCode.NotFound);

    [Fact]
    public async Task Every_address_of_the_list_for_programs_answers()
    {
        var (_, list, _) = await GetAsync("/llms.txt");
        var addresses = list.Split('(', ')').Where(part => part.StartsWith("https://localhost/", StringComparison.Ordinal)).ToList();

        addresses.Count.ShouldBeGreaterThan(GuideLibrary.All.Count);
        foreach (var address in addresses)
        {
            (await GetAsync(new Uri(address).PathAndQuery)).Status.ShouldBe(HttpStatusCode.OK, address);
        }
    }

    [Fact]
    public async Task A_search_for_a_card_number_is_not_shown_again()
    {
        var (_, page, _) = await GetAsync("/docs/search?q=4111+1111+1111+1111");

        page.ShouldNotContain("4111 1111 1111 1111");
        page.ShouldContain("No page has all of these words");
    }

    private async Task<(HttpStatusCode Status, string Body, string? Type)> GetAsync(string path)
    {
        using var client = portal.AnonymousClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Accept.ParseAdd("text/html,*/*;q=0.8");
        using var answer = await client.SendAsync(request, Ct);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Ct), answer.Content.Headers.ContentType?.MediaType);
    }
}
