using System.Text;
using System.Text.Json;
using Dojo.Pci.Portal.Logging;
using Dojo.Pci.Tests.Unit.Harness;

namespace Dojo.Pci.Tests.Unit.Api;

public sealed class ErrorAnswersTests(PortalFactory portal) : IClassFixture<PortalFactory>
{
    private const int Limit = 64 * 1024;

    [Fact]
    public async Task A_missing_reference_is_answered_with_the_documented_example()
    {
        var answer = await portal.TokenizeAsync("{}");

        answer.ShouldBeProblem(400);
        answer.BodyWithoutTraceId().ShouldBe(
            """{"errors":{"Reference":["The Reference field is required."]},"type":"https://tools.ietf.org/html/rfc7231#section-6.5.1","title":"One or more validation errors occurred.","status":400,}""");
    }

    [Fact]
    public async Task The_trace_id_of_an_error_finds_its_request_in_the_log()
    {
        var answer = (await portal.TokenizeAsync("{}")).ShouldBeProblem(400);
        var traceId = answer["traceId"].Split('-')[1];

        portal.Log.Entries.ShouldContain(entry => entry.Text.Contains(traceId, StringComparison.Ordinal) && entry.Text.Contains("/setup-intents", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_trace_id_goes_on_from_the_callers()
    {
        const string Trace = "0af7651916cd43dd8448eb211c80319c";

        var answer = await portal.TokenizeAsync("{}", ("traceparent", $"00-{Trace}-b7ad6b7169203331-01"));

        answer.ShouldBeProblem(400)["traceId"].ShouldStartWith($"00-{Trace}-");
    }

    [Fact]
    public async Task A_card_number_in_the_callers_trace_id_is_not_repeated()
    {
        var card = CardNumbers.Unlisted();

        var answer = await portal.TokenizeAsync("{}", ("traceparent", $"00-73{card}12345678901234-b7ad6b7169203331-01"));

        answer.ShouldBeProblem(400)["traceId"].ShouldBe(TraceIds.Withheld);
        portal.Log.Text.ShouldNotContain(card);
    }

    [Theory]
    [InlineData("GET", "/setup-intents/si_sandbox_zO9He6VSK0WV3_g33nVDVw")]
    [InlineData("POST", "/setup-intents/a/b/c")]
    [InlineData("GET", "/setup-intents/file.css")]
    [InlineData("DELETE", "/setup-intents/file.css")]
    [InlineData("POST", "/no-such-thing")]
    [InlineData("GET", "/no-such-thing")]
    [InlineData("GET", "/setup-intentsx")]
    [InlineData("GET", "/payment-intents/a/b/c")]
    public async Task An_unknown_address_is_404(string method, string path)
    {
        using var client = portal.SandboxClient();

        var answer = await client.AskAsync(new HttpMethod(method), path);

        answer.ShouldBeProblem(404)["type"].ShouldBe("https://tools.ietf.org/html/rfc7231#section-6.5.4");
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    [InlineData("PROPFIND")]
    public async Task Another_method_is_405_naming_those_that_are_allowed(string method)
    {
        using var client = portal.SandboxClient();

        var answer = await client.AskAsync(new HttpMethod(method), ApiCalls.Path);

        answer.ShouldBeProblem(405)["type"].ShouldBe("https://tools.ietf.org/html/rfc7231#section-6.5.5");
        answer.Header("Allow").ShouldBe("GET; HEAD; POST");
    }

    [Theory]
    [InlineData("application/json", 200)]
    [InlineData("Application/JSON", 200)]
    [InlineData("application/json; charset=utf-8", 200)]
    [InlineData("application/json;charset=UTF-8", 200)]
    [InlineData("application/json; charset=\"utf-8\"", 200)]
    [InlineData("application/json; charset=utf8", 200)]
    [InlineData("Application/JSON; Charset=\"UTF8\"", 200)]
    [InlineData("application/json; charset=utf-16", 415)]
    [InlineData("application/json; charset=iso-8859-1", 415)]
    [InlineData("application/problem+json", 415)]
    [InlineData("application/vnd.dojo+json", 415)]
    [InlineData("text/json", 415)]
    [InlineData("text/plain", 415)]
    [InlineData("application/x-www-form-urlencoded", 415)]
    [InlineData("multipart/form-data; boundary=x", 415)]
    [InlineData("*/*", 415)]
    [InlineData("json", 415)]
    public async Task Only_JSON_in_UTF_8_is_taken(string contentType, int status)
    {
        var answer = await portal.TokenizeAsync(new ACard().ToJson(), ("Content-Type", contentType));

        ((int)answer.Status).ShouldBe(status, answer.Body);
        if (status == 415)
        {
            answer.ShouldBeProblem(415)["type"].ShouldBe("https://tools.ietf.org/html/rfc7231#section-6.5.13");
        }
    }

    [Fact]
    public async Task A_body_without_a_content_type_is_415()
    {
        var head = RawHttp.Head(portal.SandboxKey.Secret, "Content-Length: 2").Where(line => !line.StartsWith("Content-Type", StringComparison.Ordinal));

        (await RawHttp.SendAsync(portal.BaseAddress, head, "{}"u8.ToArray())).ShouldBeProblem(415);
    }

    [Theory]
    [InlineData("identity")]
    [InlineData("IDENTITY")]
    [InlineData("identity, identity")]
    public async Task A_body_that_is_said_to_be_as_it_is_is_taken(string encoding) =>
        (await portal.TokenizeAsync(new ACard().ToJson(), ("Content-Encoding", encoding))).ShouldBeOk();

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("identity, gzip")]
    public async Task A_compressed_body_is_415(string encoding) =>
        (await portal.TokenizeAsync(new ACard().ToJson(), ("Content-Encoding", encoding))).ShouldBeProblem(415);

    [Theory]
    [InlineData(Limit, false, 200)]
    [InlineData(Limit + 1, false, 413)]
    [InlineData(Limit, true, 200)]
    [InlineData(Limit + 1, true, 413)]
    [InlineData(Limit * 4, true, 413)]
    public async Task A_body_has_at_most_64_KB(int length, bool chunked, int status)
    {
        using var client = portal.SandboxClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(ApiCalls.Path, UriKind.Relative))
        {
            Content = new StringContent(new ACard().ToJson().PadRight(length), Encoding.UTF8, "application/json"),
        };
        request.Headers.TransferEncodingChunked = chunked;

        var answer = await client.ReadAsync(request);

        ((int)answer.Status).ShouldBe(status, answer.Body);
        if (status == 413)
        {
            answer.ShouldBeProblem(413)["type"].ShouldBe("https://tools.ietf.org/html/rfc7231#section-6.5.11");
        }
    }

    [Theory]
    [InlineData(64, 200)]
    [InlineData(65, 431)]
    [InlineData(500, 431)]
    public async Task A_request_has_at_most_64_headers(int count, int status)
    {
        var body = Encoding.UTF8.GetBytes(new ACard().ToJson());
        var head = RawHttp.Head(portal.SandboxKey.Secret, $"Content-Length: {body.Length}").ToList();
        const int OnItsOwn = 2; // X-Forwarded-Proto, and Connection: close
        head.AddRange(Enumerable.Range(0, count - (head.Count - 1) - OnItsOwn).Select(i => $"X-{i}: 1"));

        var answer = await RawHttp.SendAsync(portal.BaseAddress, head, body);

        ((int)answer.Status).ShouldBe(status, answer.Body);
        if (status == 431)
        {
            answer.ShouldBeProblem(431)["type"].ShouldBe("https://tools.ietf.org/html/rfc6585#section-5");
        }
    }

    [Fact]
    public async Task A_fault_of_ours_is_a_500_that_tells_nothing_of_the_inside()
    {
        await using var broken = await PortalFactory.StartAsync(new PortalFactory { Authorizer = new FailingAuthorizer() });

        var answer = await broken.TokenizeAsync(new ACard());

        answer.ShouldBeProblem(500).PropertyNames().ShouldBe(["type", "title", "status", "traceId"]);
        answer["type"].ShouldBe("https://tools.ietf.org/html/rfc7231#section-6.6.1");
        answer.Everything.ShouldNotContain(FailingAuthorizer.Secret);
        answer.Everything.ShouldNotContain("Exception");
        answer.Everything.ShouldNotContain("   at ");
        broken.Log.Text.ShouldNotContain(ACard.Approved);
        broken.Log.Text.ShouldContain("System.InvalidOperationException");
        (await broken.CountSetupIntentsAsync()).ShouldBe(0);
        (await broken.TokenizeAsync(ACard.None)).ShouldBeOk();
    }

    [Fact]
    public async Task Every_answer_may_be_stored_by_nobody_names_no_server_and_shares_with_no_other_site()
    {
        using var client = portal.SandboxClient();
        using var anonymous = portal.AnonymousClient();
        var body = Encoding.UTF8.GetBytes(new ACard().ToJson());
        (string, string)[] fromElsewhere = [("Origin", "https://shop.example"), ("Access-Control-Request-Method", "POST")];

        ApiAnswer[] answers =
        [
            (await client.TokenizeAsync(body, fromElsewhere)).ShouldBeOk(),
            (await client.TokenizeAsync("{}", fromElsewhere)).ShouldBeProblem(400),
            (await anonymous.TokenizeAsync(body, fromElsewhere)).ShouldBeProblem(401),
            (await anonymous.AskAsync(HttpMethod.Options, ApiCalls.Path, null, fromElsewhere)).ShouldBeProblem(401),
            (await client.AskAsync(HttpMethod.Post, $"{ApiCalls.Path}/x/y/z", body, fromElsewhere)).ShouldBeProblem(404),
            (await client.AskAsync(HttpMethod.Options, ApiCalls.Path, null, fromElsewhere)).ShouldBeProblem(405),
            (await client.TokenizeAsync(body, [.. fromElsewhere, ("Content-Type", "text/plain")])).ShouldBeProblem(415),
        ];

        foreach (var answer in answers)
        {
            answer.Header("Cache-Control").ShouldBe("no-store");
            answer.Header("Server").ShouldBeNull();
            answer.Header("X-Powered-By").ShouldBeNull();
            answer.Header("Set-Cookie").ShouldBeNull();
            answer.Headers.ShouldAllBe(header => !header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
        }
    }

    [Theory]
    [InlineData("/setup-intents", 200)]
    [InlineData("/setup-intents/si_sandbox_zO9He6VSK0WV3_g33nVDVw", 404)]
    [InlineData("/payment-intents", 405)]
    [InlineData("/sandbox/clock", 405)]
    public async Task HEAD_is_answered_as_GET_would_be_without_a_body(string path, int status)
    {
        using var client = portal.SandboxClient();

        var answer = await client.AskAsync(HttpMethod.Head, path);
        var read = await client.AskAsync(HttpMethod.Get, path);

        ((int)answer.Status).ShouldBe(status);
        read.Status.ShouldBe(answer.Status);
        answer.Body.ShouldBeEmpty();
        answer.Header("Content-Type").ShouldBe(read.Header("Content-Type"));
    }

    // The default of java.net.HttpURLConnection, the one of browsers, and values in between.
    [Theory]
    [InlineData("text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2", false)]
    [InlineData("text/html, image/gif, image/jpeg, */*; q=0.2", false)]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8", true)]
    [InlineData("text/html", true)]
    [InlineData("text/*", true)]
    [InlineData("text/html, */*", true)]
    [InlineData("*/*", false)]
    [InlineData("application/json, text/html", false)]
    [InlineData("application/json;q=0.5, text/html", true)]
    [InlineData("text/html;q=0.5, */*;q=0.8", false)]
    [InlineData("text/html;q=0, */*", false)]
    [InlineData("no media type", false)]
    [InlineData("", false)]
    public async Task What_a_request_accepts_says_whether_an_unknown_address_is_a_page_or_a_problem(string accept, bool isPage)
    {
        using var client = portal.AnonymousClient();

        var unknown = await client.AskAsync(HttpMethod.Get, "/v1/setup-intents", null, ("Accept", accept));
        var below = await client.AskAsync(HttpMethod.Get, "/payment-intents/a/b/c", null, ("Accept", accept));

        ((int)unknown.Status).ShouldBe(404);
        unknown.Header("Content-Type").ShouldBe(isPage ? "text/html; charset=utf-8" : "application/problem+json");
        below.ShouldBeProblem(401);
    }

    [Theory]
    [InlineData("Authorization", "Basic sk_sandbox_nobody")]
    [InlineData("version", "2025-09-10")]
    [InlineData("Sec-Fetch-Dest", "empty")]
    public async Task What_only_programs_send_makes_it_a_problem_no_matter_what_is_accepted(string header, string value)
    {
        using var client = portal.AnonymousClient();

        (await client.AskAsync(HttpMethod.Get, "/v1/setup-intents", null, ("Accept", "text/html"), (header, value))).ShouldBeProblem(404);
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("*/*")]
    [InlineData("application/xml")]
    public async Task The_API_answers_programs_also_when_asked_for_a_page(string accept)
    {
        var answer = await portal.TokenizeAsync("{}", ("Accept", accept));

        answer.ShouldBeProblem(400).Json.ValueKind.ShouldBe(JsonValueKind.Object);
    }
}
