using System.Net;
using Dojo.Pci.Tests.Unit.Api;
using Dojo.Pci.Tests.Unit.Harness;

namespace Dojo.Pci.Tests.Unit.Security;

/// <summary>Production behind a proxy at 127.0.0.1, with the public address https://pci.example.com:8443.</summary>
public sealed class EntranceTests : IAsyncLifetime
{
    private const string Known = "pci.example.com:8443";
    private static readonly byte[] s_card = System.Text.Encoding.UTF8.GetBytes(new ACard().ToJson());

    private readonly PortalFactory _portal = new() { PublicAddress = $"https://{Known}" };

    public ValueTask InitializeAsync() => _portal.InitializeAsync();

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Theory]
    [InlineData("127.0.0.1", "X-Forwarded-Proto: https", 200)]
    [InlineData("127.0.0.1", "X-Forwarded-Proto: HTTPS", 200)]
    [InlineData("127.0.0.1", "X-Forwarded-Proto: http", 403)]
    [InlineData("127.0.0.1", "X-Forwarded-Proto: https, http", 403)] // the client's own claim, then the proxy's
    [InlineData("127.0.0.1", "X-Forwarded-Proto: ftp", 403)]
    [InlineData("127.0.0.1", "X-Other: 1", 403)]
    [InlineData("127.0.0.2", "X-Forwarded-Proto: https", 403)]
    [InlineData("127.0.0.2", "Forwarded: proto=https", 403)]
    [InlineData("127.0.0.2", "X-Other: 1", 403)]
    public async Task A_card_is_taken_only_by_way_of_the_proxy_and_only_when_that_had_it_over_HTTPS(string from, string header, int status)
    {
        var answer = await TokenizeAsync(Known, from, header);

        ((int)answer.Status).ShouldBe(status, answer.Body);
        if (status == 403)
        {
            answer.ShouldBeProblem(403);
            answer.Header("Connection").ShouldBe("close");
            answer.Header("Content-Security-Policy").ShouldNotBeEmpty();
            (await _portal.CountSetupIntentsAsync()).ShouldBe(0);
        }
    }

    [Fact]
    public async Task What_came_in_clear_is_refused_before_its_body_is_there_and_nothing_of_it_is_logged()
    {
        // The request announces a body, and waits to be asked for it.
        var answer = await RawHttp.SendAsItIsAsync(_portal.BaseAddress, [.. Head(Known), "Expect: 100-continue", "Content-Length: 100", "X-Trap: 5555555555554444"], from: "127.0.0.2");

        answer.ShouldBeProblem(403);
        answer.Everything.ShouldNotContain("100 Continue");
        answer.Everything.ShouldNotContain("5555555555554444");
        _portal.Log.Text.ShouldNotContain("5555555555554444");
        _portal.Log.Text.ShouldContain("A request over plain HTTP from 127.0.0.2 was refused");
    }

    [Theory]
    [InlineData("pci.example.com:8443", 200)]
    [InlineData("PCI.Example.COM:8443", 200)]
    [InlineData("pci.example.com.:8443", 200)]
    [InlineData("pci.example.com", 400)]
    [InlineData("pci.example.com:443", 400)]
    [InlineData("pci.example.com.evil.example:8443", 400)]
    [InlineData("evil.example", 400)]
    [InlineData("localhost:8443", 400)]
    [InlineData("127.0.0.1:8443", 400)]
    [InlineData("[::1]:8443", 400)]
    public async Task Another_host_than_the_known_one_is_400(string host, int status)
    {
        var answer = await TokenizeAsync(host, "127.0.0.1", "X-Forwarded-Proto: https");

        ((int)answer.Status).ShouldBe(status, answer.Body);
        if (status == 400)
        {
            answer.ShouldBeProblem(400)["detail"].ShouldContain("https://pci.example.com:8443");
        }
    }

    [Fact]
    public async Task A_host_that_a_client_claims_to_have_asked_for_does_not_count() =>
        (await TokenizeAsync("evil.example", "127.0.0.1", "X-Forwarded-Proto: https", $"X-Forwarded-Host: {Known}", $"Forwarded: host={Known}")).ShouldBeProblem(400);

    [Theory]
    [InlineData("GET", "/health/live", 200)]
    [InlineData("HEAD", "/health/ready", 200)]
    [InlineData("POST", "/health/ready", 403)]
    [InlineData("GET", "/healthy", 403)]
    [InlineData("GET", "/sign-in", 403)]
    [InlineData("GET", "/app.css", 403)]
    public async Task Only_health_is_told_in_clear_and_by_any_name(string method, string path, int status)
    {
        var answer = await RawHttp.SendAsItIsAsync(_portal.BaseAddress, [$"{method} {path} HTTP/1.1", "Host: 10.1.2.3:5080", "Content-Length: 0", "Connection: close"], from: "127.0.0.2");

        ((int)answer.Status).ShouldBe(status, answer.Body);
    }

    [Fact]
    public async Task A_person_is_told_by_a_page_that_needs_nothing_else()
    {
        var answer = await RawHttp.SendAsItIsAsync(_portal.BaseAddress, ["GET /sign-in HTTP/1.1", $"Host: {Known}", "Accept: text/html", "Connection: close"]);

        answer.Status.ShouldBe(HttpStatusCode.Forbidden);
        answer.Header("Content-Type").ShouldBe("text/html; charset=utf-8");
        answer.Body.ShouldContain("HTTPS");
        answer.Body.ShouldNotContain("<link");
        answer.Body.ShouldNotContain("<script");
    }

    [Theory]
    [InlineData("https://evil.example", "evil.example", false)]
    [InlineData("https://evil.example:8443", Known, false)]
    [InlineData("https://pci.example.com", Known, false)]
    [InlineData("http://pci.example.com:8443", Known, false)]
    [InlineData("https://pci.example.com:8443", Known, true)]
    [InlineData("https://pci.example.com.:8443", "pci.example.com.:8443", true)]
    public async Task A_circuit_opens_for_a_page_of_the_known_address_alone(string origin, string host, bool opens)
    {
        var answer = await RawHttp.SendAsync(_portal.BaseAddress, ["POST /_blazor/negotiate?negotiateVersion=1 HTTP/1.1", $"Host: {host}", $"Origin: {origin}", "Content-Length: 0"]);

        (answer.Status == HttpStatusCode.OK).ShouldBe(opens, $"{answer.Status}");
    }

    [Theory]
    [InlineData("/tokens")]
    [InlineData("/sign-in/factor")]
    public async Task Redirects_stay_at_the_known_address(string path)
    {
        var answer = await RawHttp.SendAsync(_portal.BaseAddress, [$"GET {path} HTTP/1.1", "Host: PCI.EXAMPLE.COM:8443", "Accept: text/html"]);

        answer.Status.ShouldBe(HttpStatusCode.Redirect);
        new Uri(new Uri($"https://{Known}"), answer.Header("Location")).GetLeftPart(UriPartial.Authority).ShouldBe($"https://{Known}");
    }

    [Fact]
    public async Task The_description_of_the_API_names_the_known_address()
    {
        var answer = await RawHttp.SendAsync(_portal.BaseAddress, ["GET /openapi/v1.json HTTP/1.1", $"Host: {Known}"]);

        answer.Body.ShouldContain($"\"servers\": [{{\"url\": \"https://{Known}\"");
    }

    private static IEnumerable<string> Head(string host) => RawHttp.Head("sk_none").Select(line => line.StartsWith("Host:", StringComparison.Ordinal) ? $"Host: {host}" : line);

    private Task<ApiAnswer> TokenizeAsync(string host, string from, params IEnumerable<string> headers) => RawHttp.SendAsItIsAsync(
        _portal.BaseAddress,
        [.. Head(host).Select(line => line.Replace("sk_none", _portal.SandboxKey.Secret, StringComparison.Ordinal)), .. headers, $"Content-Length: {s_card.Length}", "Connection: close"],
        s_card,
        from);
}
