using Dojo.Pci.Portal.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;

namespace Dojo.Pci.Tests.Unit.Security;

public sealed class SecurityHeadersTests
{
    [Fact]
    public async Task A_page_may_load_only_from_the_portal_itself()
    {
        using var answer = await AnswerAsync("text/html; charset=utf-8");

        Header(answer, "Content-Security-Policy").Split("; ").ShouldBe(
            [
                "default-src 'self'",
                "script-src 'self'",
                "style-src 'self'",
                "style-src-attr 'unsafe-inline'",
                "img-src 'self' data:",
                "font-src 'self'",
                "connect-src 'self'",
                "manifest-src 'self'",
                "worker-src 'none'",
                "frame-src 'none'",
                "base-uri 'self'",
                "form-action 'self'",
                "frame-ancestors 'none'",
                "object-src 'none'",
            ],
            ignoreOrder: true);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/problem+json")]
    [InlineData("image/svg+xml")]
    [InlineData(null)]
    public async Task What_is_not_a_page_may_load_nothing(string? contentType)
    {
        using var answer = await AnswerAsync(contentType);

        Header(answer, "Content-Security-Policy").ShouldBe("default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    }

    [Theory]
    [InlineData("X-Content-Type-Options", "nosniff")]
    [InlineData("X-Frame-Options", "DENY")]
    [InlineData("Referrer-Policy", "no-referrer")]
    [InlineData("Cross-Origin-Opener-Policy", "same-origin")]
    [InlineData("Cross-Origin-Resource-Policy", "same-origin")]
    public async Task Every_response_carries(string name, string value)
    {
        using var page = await AnswerAsync("text/html");
        using var data = await AnswerAsync("application/json");

        Header(page, name).ShouldBe(value);
        Header(data, name).ShouldBe(value);
    }

    [Fact]
    public async Task Devices_and_the_clipboards_content_are_out_of_reach()
    {
        using var answer = await AnswerAsync("text/html");

        var policy = Header(answer, "Permissions-Policy");
        policy.ShouldContain("camera=()");
        policy.ShouldContain("payment=()");
        policy.ShouldContain("clipboard-read=()");
        policy.ShouldContain("clipboard-write=(self)");
    }

    [Fact]
    public async Task Only_over_HTTPS_is_HTTPS_demanded_for_a_year()
    {
        using var plain = await AnswerAsync("text/html");
        using var secure = await AnswerAsync("text/html", "https://portal.example/");

        plain.Headers.Contains("Strict-Transport-Security").ShouldBeFalse();
        Header(secure, "Strict-Transport-Security").ShouldBe("max-age=31536000; includeSubDomains");
    }

    [Fact]
    public async Task An_error_handler_that_clears_the_headers_does_not_clear_these()
    {
        using var answer = await AnswerAsync("text/html", beforeAnswering: context => context.Response.Clear());

        Header(answer, "X-Frame-Options").ShouldBe("DENY");
    }

    [Fact]
    public async Task A_weaker_policy_set_by_anyone_else_is_replaced()
    {
        using var answer = await AnswerAsync("text/html", beforeAnswering: context => context.Response.Headers.ContentSecurityPolicy = "frame-ancestors 'self'");

        Header(answer, "Content-Security-Policy").ShouldBe(SecurityHeadersMiddleware.PagePolicy);
    }

    private static string Header(HttpResponseMessage answer, string name) => answer.Headers.GetValues(name).Single();

    private static async Task<HttpResponseMessage> AnswerAsync(
        string? contentType, string address = "http://portal.example/", Action<HttpContext>? beforeAnswering = null)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        await using var app = builder.Build();
        app.UseMiddleware<SecurityHeadersMiddleware>();
        app.Run(context =>
        {
            beforeAnswering?.Invoke(context);
            context.Response.ContentType = contentType;
            return context.Response.WriteAsync("answer", context.RequestAborted);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var client = app.GetTestClient();
        return await client.GetAsync(new Uri(address), TestContext.Current.CancellationToken);
    }
}
