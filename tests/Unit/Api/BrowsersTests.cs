using Dojo.Pci.Portal.Api.Gate;
using Dojo.Pci.Tests.Unit.Harness;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Dojo.Pci.Tests.Unit.Api;

/// <summary>What pages of other sites may call (CORS): the operations that need no secret key, and no others.</summary>
public sealed class BrowsersTests(GenerousPortal generous) : IClassFixture<GenerousPortal>
{
    private const string Shop = "https://shop.example";
    private const string Granted = "Access-Control-Allow-Origin";

    private readonly PortalFactory _portal = generous.Portal;

    [Theory]
    [InlineData("GET", "/setup-intents/public/si_sandbox_AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("POST", "/setup-intents/public/si_sandbox_AAAAAAAAAAAAAAAAAAAAAA/refresh-client-session-secret")]
    [InlineData("GET", "/payment-intents/public/pi_sandbox_AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("POST", "/payment-intents/public/pi_sandbox_AAAAAAAAAAAAAAAAAAAAAA/refresh-client-session-secret")]
    [InlineData("GET", "/customers/public/cust_sandbox_AAAAAAAAAAAAAAAAAAAAAA/payment-methods")]
    [InlineData("DELETE", "/customers/public/cust_sandbox_AAAAAAAAAAAAAAAAAAAAAA/payment-methods/pm_sandbox_AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("GET", "/openapi/v1.json")]
    [InlineData("GET", "/health/live")]
    [InlineData("GET", "/health/ready")]
    public async Task A_preflight_for_what_needs_no_key_is_granted_to_any_page_without_credentials(string method, string path)
    {
        var answer = await PreflightAsync(method, path, "authorization,version,x-request-id");

        ((int)answer.Status).ShouldBe(204, answer.Body);
        answer.Header(Granted).ShouldBe("*");
        answer.Header("Access-Control-Allow-Methods").ShouldBe(method);
        answer.Header("Access-Control-Allow-Headers").ShouldBe("authorization,version,x-request-id");
        answer.Header("Access-Control-Max-Age").ShouldBe("7200");
        answer.Header("Access-Control-Allow-Credentials").ShouldBeNull();
    }

    [Theory]
    [InlineData("POST", "/setup-intents")]
    [InlineData("GET", "/setup-intents")]
    [InlineData("POST", "/setup-intents/batch")]
    [InlineData("GET", "/setup-intents/si_sandbox_AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("DELETE", "/setup-intents/si_sandbox_AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("POST", "/payment-intents/pi_sandbox_AAAAAAAAAAAAAAAAAAAAAA/charge")]
    [InlineData("POST", "/customers/cust_sandbox_AAAAAAAAAAAAAAAAAAAAAA/create-secret")]
    [InlineData("POST", "/webhooks")]
    [InlineData("POST", "/sandbox/clock")]
    [InlineData("POST", "/mcp")]
    [InlineData("GET", "/sign-in")]
    public async Task A_preflight_for_what_needs_a_secret_key_or_a_session_is_never_granted(string method, string path)
    {
        var answer = await PreflightAsync(method, path, "authorization,version");

        ((int)answer.Status).ShouldBeGreaterThanOrEqualTo(400);
        answer.Everything.ShouldNotContain("Access-Control-", Case.Insensitive);
    }

    [Fact]
    public async Task A_page_reads_a_public_answer_and_the_headers_that_it_needs()
    {
        using var client = _portal.SandboxClient();
        var id = await client.CreateAsync();

        var answer = await FromShopAsync("GET", $"/setup-intents/public/{id}", "version: 2025-09-10");

        answer.ShouldBeOk()["id"].ShouldBe(id);
        answer.Header(Granted).ShouldBe("*");
        answer.Header("Access-Control-Expose-Headers").ShouldBe("version,Allow,ETag,Link,Retry-After,WWW-Authenticate");
        answer.Header("Access-Control-Allow-Credentials").ShouldBeNull();
    }

    [Fact]
    public async Task A_page_reads_why_a_public_call_is_refused()
    {
        const string Unknown = "/setup-intents/public/si_sandbox_AAAAAAAAAAAAAAAAAAAAAA";

        (await FromShopAsync("GET", Unknown)).ShouldBeInvalid("Version").Header(Granted).ShouldBe("*");
        (await FromShopAsync("GET", Unknown, "version: 2025-09-10")).ShouldBeProblem(404).Header(Granted).ShouldBe("*");
        (await FromShopAsync("PUT", Unknown, "version: 2025-09-10")).ShouldBeProblem(405).Header(Granted).ShouldBe("*");
        (await FromShopAsync("GET", "/customers/public/cust_sandbox_AAAAAAAAAAAAAAAAAAAAAA/payment-methods", "version: 2025-09-10"))
            .ShouldBeProblem(401).Header(Granted).ShouldBe("*");
    }

    [Fact]
    public async Task A_page_cannot_read_what_a_secret_key_gets()
    {
        using var client = _portal.SandboxClient();
        var id = await client.CreateAsync();

        var answer = await FromShopAsync("GET", $"/setup-intents/{id}", "version: 2025-09-10", $"Authorization: Basic {_portal.SandboxKey.Secret}");

        answer.ShouldBeOk();
        answer.Everything.ShouldNotContain("Access-Control-", Case.Insensitive);
    }

    [Fact]
    public void No_endpoint_that_asks_for_a_scope_is_open_to_pages()
    {
        var endpoints = _portal.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).ToList();

        endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<OpenToAnyone>() is not null).ShouldAllBe(endpoint => endpoint.Metadata.GetMetadata<ICorsMetadata>() != null);
        endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<RequiredScope>() is not null).ShouldAllBe(endpoint => endpoint.Metadata.GetMetadata<ICorsMetadata>() == null);
    }

    private Task<ApiAnswer> PreflightAsync(string method, string path, string headers) =>
        FromShopAsync("OPTIONS", path, $"Access-Control-Request-Method: {method}", $"Access-Control-Request-Headers: {headers}");

    private Task<ApiAnswer> FromShopAsync(string method, string path, params string[] headers) =>
        RawHttp.SendAsync(_portal.BaseAddress, [$"{method} {path} HTTP/1.1", "Host: localhost", $"Origin: {Shop}", .. headers]);
}
