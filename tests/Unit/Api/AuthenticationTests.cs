using System.Net;
using System.Text;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tests.Unit.Api;

public sealed class AuthenticationTests(PortalFactory portal) : IClassFixture<PortalFactory>
{
    private static readonly byte[] s_body = Encoding.UTF8.GetBytes(new ACard().ToJson());

    [Theory]
    [InlineData("Basic")]
    [InlineData("basic")]
    [InlineData("BASIC")]
    [InlineData("bAsIc")]
    public async Task The_scheme_may_be_written_in_any_case(string scheme)
    {
        using var client = portal.AnonymousClient();

        (await client.TokenizeAsync(s_body, ("Authorization", $"{scheme} {portal.SandboxKey.Secret}"), ("version", "2025-09-10"))).ShouldBeOk();
    }

    [Theory]
    [InlineData("")]
    [InlineData("Basic")]
    [InlineData("Basic ")]
    [InlineData("{key}")]
    [InlineData("Basic{key}")]
    [InlineData("Bearer {key}")]
    [InlineData("ApiKey {key}")]
    [InlineData("Basic {base64 of key}")]
    [InlineData("Basic {base64 of key:}")]
    [InlineData("Basic {key}:")]
    [InlineData("Basic {key} extra")]
    [InlineData("Basic {key},")]
    [InlineData("Basic {key}, Basic {key}")]
    [InlineData("Basic \"{key}\"")]
    [InlineData("Basic {key}A")]
    [InlineData("Basic {key without its last character}")]
    [InlineData("Basic {key in capitals}")]
    [InlineData("Basic {key with a wrong checksum}")]
    [InlineData("Basic {key that never was}")]
    [InlineData("Basic sk_sandbox_")]
    [InlineData("Basic sk_prod_EXAMPLE")]
    [InlineData("Basic password")]
    [InlineData("Basic {10000 letters}")]
    public async Task What_is_not_the_key_as_it_is_gets_the_same_401(string header)
    {
        using var client = portal.AnonymousClient();
        var expected = await client.TokenizeAsync(s_body, ("version", "2025-09-10"));
        var sent = Fill(header, portal.SandboxKey.Secret);

        var answer = await client.TokenizeAsync(s_body, ("version", "2025-09-10"), ("Authorization", sent));

        ShouldBe401(answer, sent);
        answer.BodyWithoutTraceId().ShouldBe(expected.BodyWithoutTraceId());
    }

    [Fact]
    public async Task Revoked_expired_and_missing_keys_get_the_same_401()
    {
        using var anonymous = portal.AnonymousClient();
        var expected = await anonymous.TokenizeAsync(s_body, ("version", "2025-09-10"));
        var revoked = await portal.CreateKeyAsync();
        (await portal.RevokeAsync(revoked)).ShouldBeTrue();
        var expired = await portal.CreateKeyAsync(expiresAt: portal.Clock.GetUtcNow());

        foreach (var key in new[] { revoked, expired })
        {
            using var client = portal.ClientOf(key.Secret);
            var answer = await client.TokenizeAsync(s_body);
            ShouldBe401(answer, key.Secret);
            answer.BodyWithoutTraceId().ShouldBe(expected.BodyWithoutTraceId());
        }
    }

    [Fact]
    public async Task A_key_works_until_it_is_revoked_and_not_for_one_request_longer()
    {
        var key = await portal.CreateKeyAsync();
        using var client = portal.ClientOf(key.Secret);
        (await client.TokenizeAsync(s_body)).ShouldBeOk();

        await portal.RevokeAsync(key);

        (await client.TokenizeAsync(s_body)).ShouldBeProblem(401);
    }

    [Fact]
    public async Task A_key_works_until_the_instant_at_which_it_expires()
    {
        await using var other = await PortalFactory.StartAsync();
        var key = await other.CreateKeyAsync(expiresAt: other.Clock.GetUtcNow().AddMinutes(1));
        using var client = other.ClientOf(key.Secret);
        other.Clock.Advance(TimeSpan.FromSeconds(59));
        (await client.TokenizeAsync(s_body)).ShouldBeOk();

        other.Clock.Advance(TimeSpan.FromSeconds(1));

        (await client.TokenizeAsync(s_body)).ShouldBeProblem(401);
    }

    [Theory]
    [InlineData("key")]
    [InlineData("authorization")]
    [InlineData("api_key")]
    public async Task A_key_in_the_address_is_not_looked_at_and_not_logged(string parameter)
    {
        using var client = portal.AnonymousClient();
        var key = portal.SandboxKey.Secret;

        var answer = await client.AskAsync(HttpMethod.Post, $"{ApiCalls.Path}?{parameter}={key}", s_body, ("version", "2025-09-10"));

        ShouldBe401(answer, key);
        portal.Log.Text.ShouldNotContain(key);
    }

    [Fact]
    public async Task Two_authorization_headers_are_refused_even_if_both_are_good()
    {
        var head = RawHttp.Head(portal.SandboxKey.Secret, $"Authorization: Basic {portal.SandboxKey.Secret}", $"Content-Length: {s_body.Length}");

        ShouldBe401(await RawHttp.SendAsync(portal.BaseAddress, head, s_body), portal.SandboxKey.Secret);
    }

    [Fact]
    public async Task A_key_of_each_environment_creates_in_its_own()
    {
        using var sandbox = portal.SandboxClient();
        using var production = portal.ProductionClient();

        (await sandbox.TokenizeAsync(ACard.None.ToJson())).ShouldBeOk()["id"].ShouldStartWith("si_sandbox_");
        (await production.TokenizeAsync(ACard.None.ToJson())).ShouldBeOk()["id"].ShouldStartWith("si_prod_");
        portal.SandboxKey.Secret.ShouldStartWith("sk_sandbox_");
        portal.ProductionKey.Secret.ShouldStartWith("sk_prod_");
        portal.ProductionKey.Key.Tenant.Environment.ShouldBe(TenantEnvironment.Production);
    }

    private static void ShouldBe401(ApiAnswer answer, string sent)
    {
        answer.ShouldBeProblem(401);
        answer["type"].ShouldBe("https://tools.ietf.org/html/rfc7235#section-3.1");
        answer["title"].ShouldBe("Unauthorized");
        answer.Header("WWW-Authenticate").ShouldBe("Basic");
        var credential = sent.Split(' ')[^1];
        if (credential.Length > 12)
        {
            answer.Everything.ShouldNotContain(credential);
        }
    }

    private static string Fill(string header, string key) => header
        .Replace("{key}", key, StringComparison.Ordinal)
        .Replace("{base64 of key}", Base64(key), StringComparison.Ordinal)
        .Replace("{base64 of key:}", Base64($"{key}:"), StringComparison.Ordinal)
        .Replace("{key without its last character}", key[..^1], StringComparison.Ordinal)
        .Replace("{key in capitals}", key.ToUpperInvariant(), StringComparison.Ordinal)
        .Replace("{key with a wrong checksum}", key[..^1] + (key[^1] == '0' ? '1' : '0'), StringComparison.Ordinal)
        .Replace("{key that never was}", Dojo.Pci.Tokenization.ApiKeys.ApiKeySecret.Generate(TenantEnvironment.Sandbox).Reveal(), StringComparison.Ordinal)
        .Replace("{10000 letters}", new string('a', 10_000), StringComparison.Ordinal);

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
