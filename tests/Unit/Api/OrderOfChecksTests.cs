using System.Net;
using System.Text;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.ApiKeys;

namespace Dojo.Pci.Tests.Unit.Api;

/// <summary>When several things are wrong with a request, the answer reports the first in the order of DESIGN D2.</summary>
public sealed class OrderOfChecksTests(PortalFactory portal) : IClassFixture<PortalFactory>
{
    private static readonly (string, string) s_goodVersion = ("version", "2025-09-10");
    private static readonly byte[] s_body = Encoding.UTF8.GetBytes(new ACard().ToJson());

    [Theory]
    [InlineData("POST", "/setup-intents", "nonsense", "application/json")]
    [InlineData("POST", "/setup-intents", null, "application/json")]
    [InlineData("POST", "/setup-intents", "2025-09-10", "text/plain")]
    [InlineData("GET", "/setup-intents", "2025-09-10", "application/json")]
    [InlineData("DELETE", "/setup-intents", null, "application/json")]
    [InlineData("OPTIONS", "/setup-intents", null, "application/json")]
    [InlineData("PROPFIND", "/setup-intents", null, "application/json")]
    [InlineData("POST", "/setup-intents/si_sandbox_zO9He6VSK0WV3_g33nVDVw", "2025-09-10", "application/json")]
    [InlineData("POST", "/setup-intents/", null, "application/json")]
    [InlineData("POST", "/SETUP-INTENTS", null, "application/json")]
    public async Task Anonymous_callers_see_401_no_matter_what_else_is_wrong(string method, string path, string? version, string contentType)
    {
        using var client = portal.AnonymousClient();
        (string, string)[] headers = version is null ? [("Content-Type", contentType)] : [("Content-Type", contentType), ("version", version)];

        (await client.AskAsync(new HttpMethod(method), path, "{"u8.ToArray(), headers)).ShouldBeProblem(401);
    }

    [Fact]
    public async Task Anonymous_callers_see_401_for_a_body_that_is_too_large()
    {
        var head = RawHttp.Head("sk_sandbox_nobody", "Content-Length: 10000000");

        (await RawHttp.SendAsync(portal.BaseAddress, head)).ShouldBeProblem(401);
    }

    [Fact]
    public async Task Anonymous_callers_see_401_for_too_many_headers()
    {
        var head = RawHttp.Head("sk_sandbox_nobody", Enumerable.Range(0, 100).Select(i => $"X-{i}: 1"));

        (await RawHttp.SendAsync(portal.BaseAddress, head.Append("Content-Length: 0"))).ShouldBeProblem(401);
    }

    [Fact]
    public async Task Version_comes_before_scope()
    {
        using var client = portal.AnonymousClient();
        var key = await portal.CreateKeyAsync(scopes: ApiKeyScopes.Read);

        (await client.TokenizeAsync(s_body, Authorization(key))).ShouldBeInvalid("Version");
        (await client.TokenizeAsync(s_body, Authorization(key), s_goodVersion)).ShouldBeProblem(403);
    }

    [Fact]
    public async Task Version_comes_before_address()
    {
        using var client = portal.AnonymousClient();
        var key = await portal.CreateKeyAsync(networks: [IPNetwork.Parse("198.51.100.0/24")]);

        (await client.TokenizeAsync(s_body, Authorization(key))).ShouldBeInvalid("Version");
        (await client.TokenizeAsync(s_body, Authorization(key), s_goodVersion)).ShouldBeProblem(403);
    }

    [Fact]
    public async Task Version_comes_before_the_rate_limit_and_is_not_counted_by_it()
    {
        await using var slow = await StartSlowAsync();
        using var client = slow.AnonymousClient();
        for (var i = 0; i < 10; i++)
        {
            (await client.TokenizeAsync(s_body, Authorization(slow.SandboxKey))).ShouldBeInvalid("Version");
        }

        (await client.TokenizeAsync(s_body, Authorization(slow.SandboxKey), s_goodVersion)).ShouldBeOk();
    }

    [Fact]
    public async Task Scope_and_address_come_before_the_rate_limit()
    {
        await using var slow = await StartSlowAsync();
        foreach (var key in new[] { await slow.CreateKeyAsync(scopes: ApiKeyScopes.None), await slow.CreateKeyAsync(networks: [IPNetwork.Parse("198.51.100.0/24")]) })
        {
            using var client = slow.ClientOf(key.Secret);
            for (var i = 0; i < 10; i++)
            {
                (await client.TokenizeAsync(s_body)).ShouldBeProblem(403);
            }
        }
    }

    [Theory]
    [InlineData("scope")]
    [InlineData("address")]
    [InlineData("version")]
    public async Task Everything_about_the_key_comes_before_the_body(string fault)
    {
        using var client = portal.AnonymousClient();
        var key = await portal.CreateKeyAsync(
            scopes: fault == "scope" ? ApiKeyScopes.Read : ApiKeyScopes.All,
            networks: fault == "address" ? [IPNetwork.Parse("198.51.100.0/24")] : null);
        (string, string)[] headers = fault == "version" ? [Authorization(key)] : [Authorization(key), s_goodVersion];

        foreach (var contentType in new[] { "application/json", "text/plain" })
        {
            var answer = await client.TokenizeAsync("{"u8.ToArray(), [.. headers, ("Content-Type", contentType), ("idempotencyKey", "")]);
            answer.ShouldBeProblem(fault == "version" ? 400 : 403);
            answer.Body.ShouldNotContain("JSON");
            answer.Body.ShouldNotContain("Idempotency");
        }
    }

    [Fact]
    public async Task The_rate_limit_comes_before_the_body_and_says_when_to_come_back()
    {
        await using var slow = await StartSlowAsync();
        using var client = slow.SandboxClient();
        ApiAnswer answer;
        var answered = 0;
        do
        {
            answer = await client.TokenizeAsync("{");
            answered++;
        }
        while ((int)answer.Status == 400 && answered < 100);

        answer.ShouldBeProblem(429)["type"].ShouldBe("https://tools.ietf.org/html/rfc6585#section-4");
        int.Parse(answer.Header("Retry-After")!).ShouldBeInRange(1, 2);
        answered.ShouldBeGreaterThanOrEqualTo(3, "a burst of twice the rate is allowed");
    }

    [Fact]
    public async Task The_rate_limit_lets_a_key_in_again_after_the_time_it_named_and_never_limits_another_key()
    {
        await using var slow = await StartSlowAsync();
        using var client = slow.SandboxClient();
        using var other = slow.ProductionClient();
        ApiAnswer answer;
        do
        {
            answer = await client.TokenizeAsync(s_body);
        }
        while (answer.Status == HttpStatusCode.OK);

        (await other.TokenizeAsync(ACard.None.ToJson())).ShouldBeOk();
        var wait = TimeSpan.FromSeconds(int.Parse(answer.ShouldBeProblem(429).Header("Retry-After")!) + 0.2);
        await Task.Delay(wait, TestContext.Current.CancellationToken); // exactly as long as the answer says, plus the tolerance of a timer
        (await client.TokenizeAsync(s_body)).ShouldBeOk();
    }

    [Theory]
    [InlineData("""{"reference":""}""")]
    [InlineData("not JSON")]
    public async Task The_body_comes_before_conflicts(string body)
    {
        using var client = portal.SandboxClient();
        var key = ("idempotencyKey", Guid.NewGuid().ToString());
        (await client.TokenizeAsync(s_body, key)).ShouldBeOk();

        (await client.TokenizeAsync(body, key)).ShouldBeProblem(400);
        (await client.TokenizeAsync(ACard.None.ToJson(), key)).ShouldBeProblem(409);
    }

    [Theory]
    [InlineData(ApiKeyScopes.All, 200)]
    [InlineData(ApiKeyScopes.Tokenize, 200)]
    [InlineData(ApiKeyScopes.Read | ApiKeyScopes.Charge, 403)]
    [InlineData(ApiKeyScopes.Read, 403)]
    [InlineData(ApiKeyScopes.Charge, 403)]
    [InlineData(ApiKeyScopes.None, 403)]
    public async Task Only_keys_with_the_scope_tokenize(ApiKeyScopes scopes, int status)
    {
        var key = await portal.CreateKeyAsync(scopes: scopes);
        using var client = portal.ClientOf(key.Secret);

        var answer = await client.TokenizeAsync(s_body);

        ((int)answer.Status).ShouldBe(status);
        if (status == 403)
        {
            answer.ShouldBeProblem(403)["type"].ShouldBe("https://tools.ietf.org/html/rfc7231#section-6.5.3");
        }
    }

    // The portal trusts X-Forwarded-For from its trusted proxy 127.0.0.1 only.
    [Theory]
    [InlineData("127.0.0.1/32", null, 200)]
    [InlineData("127.0.0.0/8", null, 200)]
    [InlineData("198.51.100.0/24", null, 403)]
    [InlineData("127.0.0.2/32", null, 403)]
    [InlineData("198.51.100.0/24", "198.51.100.7", 200)]
    [InlineData("198.51.100.0/24", "198.51.101.7", 403)]
    [InlineData("198.51.100.0/24", "::ffff:198.51.100.7", 200)]
    [InlineData("198.51.100.0/24", "198.51.100.7, 203.0.113.1", 403)]
    [InlineData("127.0.0.1/32", "198.51.100.7", 403)]
    [InlineData("2001:db8::/32", "2001:db8::1", 200)]
    [InlineData("2001:db8::/32", "2001:db9::1", 403)]
    [InlineData("198.51.100.0/24 203.0.113.0/24", "203.0.113.9", 200)]
    public async Task A_key_works_from_its_networks_only(string networks, string? forwardedFor, int status)
    {
        var key = await portal.CreateKeyAsync(networks: [.. networks.Split(' ').Select(network => IPNetwork.Parse(network))]);
        using var client = portal.ClientOf(key.Secret);

        var answer = await client.TokenizeAsync(s_body, forwardedFor is null ? [] : [("X-Forwarded-For", forwardedFor)]);

        ((int)answer.Status).ShouldBe(status, answer.Body);
    }

    private static (string, string) Authorization(TestKey key) => ("Authorization", $"Basic {key.Secret}");

    private static Task<PortalFactory> StartSlowAsync() => PortalFactory.StartAsync(
        new PortalFactory { Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Api:RequestsPerSecondPerKey"] = "1" } });
}
