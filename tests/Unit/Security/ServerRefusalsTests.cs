using System.Net;
using Dojo.Pci.Tests.Unit.Api;
using Dojo.Pci.Tests.Unit.Harness;

namespace Dojo.Pci.Tests.Unit.Security;

/// <summary>Requests that the server itself refuses before the portal sees them also get an explanation.</summary>
public sealed class ServerRefusalsTests(PortalFactory portal) : IClassFixture<PortalFactory>
{
    public static TheoryData<string, string[], int> Refused => new()
    {
        { "a zero byte in the path", ["GET /setup-intents/a%00 HTTP/1.1", "Host: localhost"], 400 },
        { "no host", ["GET /setup-intents HTTP/1.1"], 400 },
        { "two hosts", ["GET /setup-intents HTTP/1.1", "Host: localhost", "Host: localhost"], 400 },
        { "a host that is none", ["GET /setup-intents HTTP/1.1", "Host: a b"], 400 },
        { "a long address", [$"GET /setup-intents/{new string('a', 10_000)} HTTP/1.1", "Host: localhost"], 414 },
        { "a long header", ["GET /setup-intents HTTP/1.1", "Host: localhost", $"X-Long: {new string('a', 40_000)}"], 431 },
        { "two lengths", ["POST /setup-intents HTTP/1.1", "Host: localhost", "Content-Length: 1", "Content-Length: 2"], 400 },
        { "a length that is none", ["POST /setup-intents HTTP/1.1", "Host: localhost", "Content-Length: x"], 400 },
        { "a framing that is none", ["POST /setup-intents HTTP/1.1", "Host: localhost", "Transfer-Encoding: gzip"], 400 },
        { "a header that is none", ["GET /setup-intents HTTP/1.1", "Host: localhost", "NoColon"], 400 },
        { "another version of HTTP", ["GET /setup-intents HTTP/3.7", "Host: localhost"], 505 },
        { "no HTTP", ["hello"], 400 },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task It_is_a_problem_with_the_headers_of_every_answer(string what, string[] lines, int status)
    {
        var answer = await RawHttp.SendAsItIsAsync(portal.BaseAddress, lines);

        answer.ShouldBeProblem(status);
        answer.Header("Connection").ShouldBe("close", what);
        answer.Header("Cache-Control").ShouldBe("no-store");
        answer.Header("Content-Security-Policy").ShouldStartWith("default-src 'none'");
        answer.Header("X-Content-Type-Options").ShouldBe("nosniff");
        answer.Header("Content-Length").ShouldBe(answer.Body.Length.ToString(), "nothing else may come behind the answer");
    }

    [Fact]
    public async Task An_answer_to_HEAD_has_no_body()
    {
        var answer = await RawHttp.SendAsItIsAsync(portal.BaseAddress, ["HEAD /setup-intents HTTP/1.1"]);

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Body.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_of_what_was_sent_is_repeated_or_logged()
    {
        var answer = await RawHttp.SendAsItIsAsync(portal.BaseAddress, ["GET /setup-intents/5555555555554444%00 HTTP/1.1", "Host: localhost"]);

        answer.Everything.ShouldNotContain("5555555555554444");
        portal.Log.Text.ShouldNotContain("5555555555554444");
    }
}
