using System.Net;
using Dapper;
using Dojo.Pci.Portal.Authentication.SingleSignOn;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Storage;
using Dojo.Pci.Tokenization.Storage.Sqlite;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Dojo.Pci.Tests.Unit.SigningIn;

/// <summary>Signing in through a real identity provider, from the button to the end of the session.</summary>
[Trait("Length", "Long")]
public sealed class SingleSignOnTests : IAsyncLifetime
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("dojo-pci-sso-");
    private IdentityProvider _provider = null!;
    private PortalFactory _portal = null!;
    private Browser _browser = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var secretFile = Path.Combine(_directory.FullName, "client.secret");
        await File.WriteAllTextAsync(secretFile, IdentityProvider.ClientSecret, Ct);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(secretFile, UnixFileMode.UserRead);
        }

        _provider = await IdentityProvider.StartAsync();
        _portal = await PortalFactory.StartAsync(new PortalFactory
        {
            EnvironmentName = "Development", // which allows a provider on loopback without TLS
            Settings = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["SingleSignOn:Authority"] = _provider.Address,
                ["SingleSignOn:ClientId"] = IdentityProvider.ClientId,
                ["SingleSignOn:ClientSecretFile"] = secretFile,
                ["SingleSignOn:DeveloperGroups"] = "portal-developers, builders",
                ["SingleSignOn:ViewerGroups"] = "everybody",
                ["SingleSignOn:RefreshInterval"] = "00:05:00",
            },
            Replace = services => services.Configure<OpenIdConnectOptions>(SingleSignOnExtensions.Scheme, scheme => scheme.BackchannelTimeout = TimeSpan.FromMinutes(5)), // a busy machine must not look like a failure of the provider
        });
        _provider.AuthenticatedAt = _portal.Clock.GetUtcNow;
        _browser = new Browser(_portal);
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _portal.DisposeAsync();
        await _provider.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public async Task Who_is_in_a_mapped_group_becomes_a_member_and_is_signed_in_where_the_provider_vouches_for_two_factors()
    {
        var page = await SignInAsync("/tokens");

        page.Path.ShouldBe("/tokens");
        page.Title.ShouldBe("Tokens");
        _provider.LastAsked!.CodeChallengeMethod.ShouldBe("S256");
        (await RoleAsync()).ShouldBe(nameof(MemberRole.Developer));
        await ShouldBeInTrailAsync("member joined", "by single sign-on, as Developer");
        await ShouldBeInTrailAsync("signed in", "single sign-on, with a second factor there");

        // The second sign-in finds the same member.
        (await SignInAsync("/tokens")).Title.ShouldBe("Tokens");
        (await CountAsync("SELECT COUNT(*) FROM members")).ShouldBe(1);
    }

    [Fact]
    public async Task Who_is_in_no_mapped_group_is_nobody_here()
    {
        _provider.Person.Groups = ["portal-developers-of-old"];

        var page = await SignInAsync("/tokens");

        page.Path.ShouldBe("/sign-in");
        page.Error.ShouldNotBeNull().ShouldContain("not in a group");
        (await CountAsync("SELECT COUNT(*) FROM members")).ShouldBe(0);
        await ShouldBeInTrailAsync("sign-in refused", "single sign-on: in no group with a role");
    }

    [Fact]
    public async Task Where_the_provider_does_not_vouch_a_second_factor_is_set_up_here_and_asked_for_from_then_on()
    {
        _provider.Person.Methods = ["pwd"];
        using var person = new APerson(_portal);

        var factor = await SignInAsync("/tokens");
        factor.Path.ShouldBe("/setup/factor");
        (await CountAsync("SELECT COUNT(*) FROM members")).ShouldBe(0);
        person.ReadSeed(factor);
        (await _browser.SubmitAsync(factor, "code", ("Input.Code", person.Code()))).Document.QuerySelector("[data-testid=recovery-codes]").ShouldNotBeNull();
        person.NextStep();
        (await RoleAsync()).ShouldBe(nameof(MemberRole.Developer));

        var again = await SignInAsync("/tokens", another: true);
        again.Path.ShouldBe("/sign-in/factor");
        (await _browser.OpenAsync("/tokens")).Path.ShouldBe("/sign-in", "one factor alone opens nothing");
        (await _browser.SubmitAsync(again, "code", ("Input.Code", person.Code()))).Title.ShouldBe("Tokens");
        await ShouldBeInTrailAsync("signed in", "single sign-on and code");
    }

    [Fact]
    public async Task Who_is_shut_out_at_the_provider_is_out_here_with_the_next_refresh()
    {
        await SignInAsync("/tokens");
        await RefreshAsync();
        (await _browser.OpenAsync("/tokens")).Title.ShouldBe("Tokens", "the provider says that they belong");

        _provider.Person.IsOut = true;
        (await _browser.OpenAsync("/tokens")).Title.ShouldBe("Tokens", "it was not asked yet");
        await RefreshAsync();

        (await _browser.OpenAsync("/tokens")).Path.ShouldBe("/sign-in");
        await ShouldBeInTrailAsync("signed out", "single sign-on: the provider no longer gives the member access");
    }

    [Fact]
    public async Task Groups_that_changed_change_the_role_with_the_next_refresh_and_none_ends_the_session()
    {
        await SignInAsync("/api-keys");
        _provider.Person.Groups = ["everybody"];
        await RefreshAsync();

        (await RoleAsync()).ShouldBe(nameof(MemberRole.Viewer));
        (await _browser.AskAsync("/api-keys")).Status.ShouldBe(HttpStatusCode.Forbidden);

        _provider.Person.Groups = [];
        await RefreshAsync();
        (await _browser.OpenAsync("/tokens")).Path.ShouldBe("/sign-in");
    }

    [Fact]
    public async Task A_provider_that_does_not_answer_keeps_nobody_in_for_long()
    {
        await SignInAsync("/tokens");
        await _provider.DisposeAsync();

        await RefreshAsync();
        (await _browser.OpenAsync("/tokens")).Title.ShouldBe("Tokens", "it may be back in a moment");
        await _browser.PostAsync("/session/input");
        _portal.Clock.Advance(TimeSpan.FromMinutes(11));
        await RefreshAsync();

        await ShouldBeInTrailAsync("signed out", "single sign-on: the provider did not answer");
    }

    [Fact]
    public async Task The_owner_signs_in_with_a_password_when_the_provider_does_not_work_and_nobody_else_does()
    {
        using var owner = await APerson.OwnerAsync(_portal);
        await owner.SignOutAsync();
        (await owner.SignInAsync()).Status.ShouldBe(HttpStatusCode.Found);

        await _portal.ExecuteAsync("UPDATE members SET role = 'Developer'");
        using var another = new Browser(_portal);
        var refused = await another.SubmitAsync(await another.OpenAsync("/sign-in"), "sign-in", ("Input.Email", owner.Email), ("Input.Password", owner.Password));
        refused.Status.ShouldBe(HttpStatusCode.Unauthorized);
        await ShouldBeInTrailAsync("sign-in refused", "single sign-on is to be used");
    }

    [Fact]
    public async Task An_owner_with_a_password_is_not_taken_over_by_an_address_of_the_provider()
    {
        using var owner = await APerson.OwnerAsync(_portal);
        _provider.Person.Email = owner.Email;

        (await SignInAsync("/tokens")).Error.ShouldNotBeNull().ShouldContain("belongs to another member");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_member_from_before_is_known_by_a_verified_address_alone(bool verified)
    {
        using var before = await APerson.OwnerAsync(_portal);
        await _portal.ExecuteAsync("UPDATE members SET role = 'Viewer'");
        (_provider.Person.Email, _provider.Person.IsEmailVerified) = (before.Email, verified);

        var page = await SignInAsync("/tokens");

        page.Path.ShouldBe(verified ? "/tokens" : "/sign-in");
        (await CountAsync("SELECT COUNT(*) FROM members")).ShouldBe(1);
        (await CountAsync("SELECT COUNT(*) FROM member_identities")).ShouldBe(verified ? 1 : 0);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_and_leads_to_the_providers_end()
    {
        await SignInAsync("/account");
        var page = await _browser.OpenAsync("/account");
        var token = page.Document.QuerySelector("form[action='/sign-out'] input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        var ended = await _browser.PostAsync("/sign-out", ("__RequestVerificationToken", token));
        var away = await _browser.AskAsync(RefreshOf(ended));

        away.Location.ShouldNotBeNull().ShouldStartWith($"{_provider.Address}/connect/logout?");
        QueryHelpers.ParseQuery(new Uri(away.Location).Query)["post_logout_redirect_uri"].ToString().ShouldBe("https://localhost/sign-in?signedOut=true");
        (await _browser.OpenAsync("/tokens")).Path.ShouldBe("/sign-in");
    }

    [Fact]
    public async Task A_member_confirms_at_the_provider_anew_and_as_the_same_person()
    {
        await SignInAsync("/tokens");
        var confirmedBefore = await CountAsync("SELECT MAX(confirmed_at) FROM member_sessions");
        _portal.Clock.Advance(TimeSpan.FromMinutes(10));
        var page = await _browser.OpenAsync("/sign-in?confirm=true&returnUrl=%2Fapi-keys");
        page.Document.QuerySelector("input[type=password]").ShouldBeNull("there is no password to enter");

        _provider.AuthenticatedAt = () => _portal.Clock.GetUtcNow().AddHours(-1);
        (await FollowAsync(page)).Error.ShouldNotBeNull("they did not sign in anew");
        (await CountAsync("SELECT MAX(confirmed_at) FROM member_sessions")).ShouldBe(confirmedBefore);

        _provider.AuthenticatedAt = _portal.Clock.GetUtcNow;
        (await FollowAsync(page)).Path.ShouldBe("/api-keys");
        _provider.LastAsked!.Prompt.ShouldBe("login");
        (await CountAsync("SELECT MAX(confirmed_at) FROM member_sessions")).ShouldBeGreaterThan(confirmedBefore);
    }

    [Fact]
    public async Task An_answer_that_another_browser_asked_for_is_refused_and_what_it_says_is_not_repeated()
    {
        var callback = await AskProviderAsync("/sign-in/single?returnUrl=%2Ftokens");
        using var another = new Browser(_portal);

        var page = await another.OpenAsync(RefreshOf(await another.AskAsync(callback)));
        page.Error.ShouldNotBeNull().ShouldContain("did not work");

        var denied = await another.AskAsync("/sign-in/single/callback?error=access_denied&error_description=4242424242424242&state=x");
        (await another.OpenAsync(RefreshOf(denied))).Html.ShouldNotContain("4242424242424242");
    }

    [Fact]
    public async Task Refresh_tokens_are_sealed_in_the_database()
    {
        await SignInAsync("/tokens");

        var kept = await _portal.Services.GetRequiredService<IDatabase>().ReadAsync(connection => connection.QuerySingle<byte[]>("SELECT refresh_token FROM member_grants"), Ct);

        var token = _portal.Services.GetRequiredService<RefreshTokens>().TryOpen(kept).ShouldNotBeNull();
        _portal.FilesContain(System.Text.Encoding.UTF8.GetBytes(token)).ShouldBeFalse();
        kept[^1] ^= 1;
        _portal.Services.GetRequiredService<RefreshTokens>().TryOpen(kept).ShouldBeNull();
    }

    [Fact]
    public async Task A_provider_that_cannot_be_reached_leads_back_to_the_page_with_the_other_way_in()
    {
        await _provider.DisposeAsync();

        var page = await _browser.OpenAsync("/sign-in/single?returnUrl=%2Ftokens");

        page.Path.ShouldBe("/sign-in");
        page.Error.ShouldNotBeNull().ShouldContain("did not work");
        page.Document.QuerySelector("input[type=password]").ShouldNotBeNull();
    }

    [Fact]
    public async Task Nothing_leads_to_a_provider_where_none_is_set()
    {
        await using var portal = await PortalFactory.StartAsync();
        using var browser = new Browser(portal);

        (await browser.OpenAsync("/sign-in")).Document.QuerySelector("[data-testid=single-sign-on]").ShouldBeNull();
        (await browser.AskAsync("/sign-in/single")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    private static string RefreshOf(Page page) => page.Headers["Refresh"].Split("url=", 2)[1];

    private async Task<Page> SignInAsync(string returnUrl, bool another = false)
    {
        if (another)
        {
            _browser.Dispose();
            _browser = new Browser(_portal);
        }

        return await FollowAsync(await _browser.OpenAsync($"/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}"), returnUrl);
    }

    private async Task<Page> FollowAsync(Page page, string? returnUrl = null)
    {
        var begin = page.Document.QuerySelector("[data-testid=single-sign-on]")?.GetAttribute("href") ?? $"/sign-in/single?returnUrl={Uri.EscapeDataString(returnUrl!)}";
        return await _browser.OpenAsync(RefreshOf(await _browser.AskAsync(await AskProviderAsync(begin))));
    }

    /// <summary>Goes to the provider, and returns its redirect without following it.</summary>
    private async Task<string> AskProviderAsync(string begin)
    {
        using var elsewhere = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var answer = await elsewhere.GetAsync(new Uri((await _browser.AskAsync(begin)).Location.ShouldNotBeNull()), Ct);
        return answer.Headers.Location.ShouldNotBeNull(await answer.Content.ReadAsStringAsync(Ct)).OriginalString;
    }

    private async Task RefreshAsync()
    {
        _portal.Clock.Advance(TimeSpan.FromMinutes(5));
        await _portal.Services.GetServices<IHostedService>().OfType<ProviderRefresh>().Single().RunOnceAsync(Ct);
    }

    private Task<long> CountAsync(string sql) => _portal.Services.GetRequiredService<IDatabase>().ReadAsync(connection => connection.ExecuteScalar<long>(sql), Ct);

    private Task<string?> RoleAsync() => _portal.Services.GetRequiredService<IDatabase>().ReadAsync(connection => connection.ExecuteScalar<string>("SELECT role FROM members ORDER BY id DESC LIMIT 1"), Ct);

    private async Task ShouldBeInTrailAsync(string action, string detail) =>
        (await _portal.Services.GetRequiredService<IDatabase>().ReadAsync(
            connection => connection.ExecuteScalar<long>("SELECT COUNT(*) FROM audit_entries WHERE action = @action AND detail = @detail", new { action, detail }), Ct)).ShouldBeGreaterThan(0, $"{action}: {detail}");
}
