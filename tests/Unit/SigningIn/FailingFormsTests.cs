using System.Net;
using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Dojo.Pci.Tests.Unit.SigningIn;

/// <summary>Forms that cannot be processed normally: because of a fault, of load, or because they do not match the current page.</summary>
public sealed class FailingFormsTests
{
    private static readonly (string, string)[] s_typed = [("Input.Email", "ada@example.com"), ("Input.Password", "correct horse battery 9")];

    [Fact]
    public async Task A_fault_in_a_handler_is_a_page_with_everything_that_belongs_to_one()
    {
        await using var portal = await StartAsync(services => services.AddSingleton<IPasswordHasher<Member>>(new FailingHasher(new InvalidOperationException("inside the hasher"))));
        using var browser = new Browser(portal);

        var page = await browser.SendFormAsync(await browser.OpenAsync("/sign-in"), "sign-in", s_typed);

        page.Status.ShouldBe(HttpStatusCode.InternalServerError);
        page.Title.ShouldBe("Something went wrong");
        page.Headers["Content-Security-Policy"].ShouldContain("script-src 'self'");
        page.Headers["X-Content-Type-Options"].ShouldBe("nosniff");
        page.Html.ShouldNotContain("inside the hasher");
        page.Html.ShouldNotContain("correct horse");
    }

    [Fact]
    public async Task Load_is_503_and_says_when_to_come_back()
    {
        var busy = new UnavailableException("Too many people are signing in at the moment.") { RetryAfter = TimeSpan.FromSeconds(7) };
        await using var portal = await StartAsync(services => services.AddSingleton<IPasswordHasher<Member>>(new FailingHasher(busy)));
        using var browser = new Browser(portal);

        var page = await browser.SendFormAsync(await browser.OpenAsync("/sign-in"), "sign-in", s_typed);

        page.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        page.Headers["Retry-After"].ShouldBe("7");
        page.Headers["Content-Security-Policy"].ShouldContain("script-src 'self'");
        page.Title.ShouldBe("Busy at the moment");
        page.Html.ShouldContain("7 seconds");
    }

    [Theory]
    [InlineData("the page")]
    [InlineData("every page")]
    public async Task A_page_that_fails_is_explained_also_where_every_page_fails(string what)
    {
        await using var portal = await StartAsync(services =>
        {
            if (what == "the page")
            {
                services.AddScoped<ICurrentMember, NobodyKnows>();
            }
            else
            {
                services.AddScoped<AuthenticationStateProvider, NobodyTells>();
            }
        });
        using var browser = new Browser(portal);

        var page = await browser.AskAsync("/sign-in");

        page.Status.ShouldBe(HttpStatusCode.InternalServerError);
        page.Title.ShouldBe("Something went wrong");
        page.Headers["Content-Security-Policy"].ShouldContain("frame-ancestors 'none'");
    }

    [Theory]
    [InlineData("without its cookie")]
    [InlineData("without its token")]
    [InlineData("of another browser")]
    [InlineData("of a form that the page has no more")]
    public async Task A_form_that_is_out_of_date_comes_back_fresh_with_the_reason(string how)
    {
        await using var portal = await StartAsync();
        using var browser = new Browser(portal);
        var page = await browser.OpenAsync("/sign-in");
        using var other = new Browser(portal);
        await other.OpenAsync("/sign-in");
        if (how is "without its cookie" or "of another browser")
        {
            browser.SetCookie(PortalCookies.Form, how == "of another browser" ? other.Cookies[PortalCookies.Form] : "");
        }

        var answer = how switch
        {
            "without its token" => await browser.PostAsync("/sign-in", [("_handler", "sign-in"), .. s_typed]),
            "of a form that the page has no more" => await browser.SendFormAsync(page, "sign-in", [("_handler", "former"), .. s_typed]),
            _ => await browser.SendFormAsync(page, "sign-in", s_typed),
        };

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Title.ShouldBe("Sign in");
        answer.Error.ShouldNotBeNull().ShouldContain("Nothing was changed");
        answer.Html.ShouldNotContain("correct horse");
        answer.Headers["Content-Security-Policy"].ShouldContain("script-src 'self'");
        var again = await browser.SendFormAsync(answer with { Address = "/sign-in" }, "sign-in", s_typed);
        again.Status.ShouldBe(HttpStatusCode.Unauthorized, "the fresh form works: these are no member's");
    }

    [Theory]
    [InlineData("/setup/factor")] // redirects when there is no ceremony
    [InlineData("/sign-out")] // not a page
    public async Task Where_there_is_no_form_to_show_again_the_reason_is_a_page_of_its_own(string address)
    {
        await using var portal = await StartAsync();
        using var member = await APerson.OwnerAsync(portal);
        using var stranger = new Browser(portal);

        var answer = await (address == "/sign-out" ? member.Browser : stranger).PostAsync(address, [("_handler", "code")]);

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Title.ShouldBe("This form is out of date");
    }

    [Fact]
    public async Task A_form_that_is_too_long_is_413()
    {
        await using var portal = await StartAsync();
        using var browser = new Browser(portal);
        await browser.OpenAsync("/sign-in");

        var answer = await browser.PostAsync("/sign-in", [("Input.Email", new string('a', 200_000))]);

        answer.Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        answer.Title.ShouldBe("This request cannot be accepted");
    }

    private static Task<PortalFactory> StartAsync(Action<IServiceCollection>? replace = null) => PortalFactory.StartAsync(new PortalFactory { Replace = replace });

    private sealed class FailingHasher(Exception fault) : IPasswordHasher<Member>
    {
        private readonly PasswordHasher<Member> _own = new();

        public string HashPassword(Member user, string password) => _own.HashPassword(user, password);

        public PasswordVerificationResult VerifyHashedPassword(Member user, string hashedPassword, string providedPassword) => throw fault;
    }

    private sealed class NobodyTells : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => throw new InvalidOperationException("the store is gone");
    }

    private sealed class NobodyKnows : ICurrentMember
    {
        public ValueTask<SignedInMember?> FindAsync() => throw new InvalidOperationException("the store is gone");
    }
}
