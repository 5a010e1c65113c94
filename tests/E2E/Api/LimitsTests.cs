using System.Net;
using Dojo.Pci.Tests.E2E.Infrastructure;

namespace Dojo.Pci.Tests.E2E.Api;

/// <summary>How the real server handles requests that no well-behaved client sends.</summary>
[Trait("Length", "Long")]
public sealed class LimitsTests : IAsyncLifetime
{
    private PortalProcess _portal = null!;
    private string _key = null!;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalProcess.StartAsync(ct: TestContext.Current.CancellationToken);
        _key = await Calls.FirstKeyAsync(_portal);
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    // Takes as long as the server waits for a slow sender, about six seconds.
    [Fact]
    public async Task A_body_that_does_not_come_is_408()
    {
        var answer = await Calls.SendAsync(_portal, Calls.Head(_key, "Content-Length: 100"), "{");

        answer.Status.ShouldBe(HttpStatusCode.RequestTimeout, answer.Text);
        answer.Text.ShouldContain("application/problem+json");
        answer.Text.ShouldContain("https://tools.ietf.org/html/rfc7231#section-6.5.7");
    }

    [Fact]
    public async Task The_65th_header_is_431_with_a_problem()
    {
        var head = Calls.Head(_key, "Content-Length: 2").ToList();
        head.AddRange(Enumerable.Range(0, 60).Select(i => $"X-{i}: 1"));

        var answer = await Calls.SendAsync(_portal, head, "{}");

        answer.Status.ShouldBe(HttpStatusCode.RequestHeaderFieldsTooLarge, answer.Text);
        answer.Text.ShouldContain("application/problem+json");
        answer.Text.ShouldContain("https://tools.ietf.org/html/rfc6585#section-5");
    }

    [Fact]
    public async Task A_header_longer_than_the_server_reads_is_431()
    {
        var answer = await Calls.SendAsync(_portal, Calls.Head(_key, "Content-Length: 0", $"X-Long: {new string('a', 40_000)}"));

        answer.Status.ShouldBe(HttpStatusCode.RequestHeaderFieldsTooLarge, answer.Text);
    }

    [Theory]
    [InlineData("2;a\n=b\r\n{}\r\n0\r\n\r\n")]
    [InlineData("2;\n{}\r\n0\r\n\r\n")]
    [InlineData("2\n{}\r\n0\r\n\r\n")]
    [InlineData("-2\r\n{}\r\n0\r\n\r\n")]
    [InlineData("zz\r\n{}\r\n0\r\n\r\n")]
    [InlineData("FFFFFFFFFFFFFFFFF\r\n{}\r\n0\r\n\r\n")]
    public async Task Chunks_that_servers_could_read_differently_are_400(string body)
    {
        var answer = await Calls.SendAsync(_portal, Calls.Head(_key, "Transfer-Encoding: chunked"), body);

        answer.Status.ShouldBe(HttpStatusCode.BadRequest, answer.Text);
        answer.Text.ShouldNotContain("The Reference field is required"); // the body was not treated as {}
    }

    [Theory]
    [InlineData("Content-Length: 2|Transfer-Encoding: chunked")]
    [InlineData("Content-Length: 2|Content-Length: 3")]
    [InlineData("Content-Length: -1")]
    [InlineData("Content-Length: two")]
    [InlineData("Transfer-Encoding: gzip")]
    public async Task Lengths_that_contradict_each_other_are_never_taken_for_a_good_request(string headers)
    {
        var answer = await Calls.SendAsync(_portal, Calls.Head(_key, headers.Split('|')), "2\r\n{\"reference\":\"r\"}\r\n0\r\n\r\n");

        ((int)answer.Status).ShouldBeInRange(400, 501);
        answer.Status.ShouldNotBe(HttpStatusCode.InternalServerError, answer.Text);
    }
}
