using System.Net;
using System.Net.Http.Json;
using Dojo.Pci.Portal;
using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Portal.Components.Time;
using Dojo.Pci.Portal.Exports;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tests.Unit.SigningIn;
using Dojo.Pci.Tests.Unit.Tokens;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Dojo.Pci.Tests.Unit.Exports;

public sealed class ExportingTokensTests(PortalFactory portal) : IClassFixture<PortalFactory>
{
    [Fact]
    public async Task A_member_takes_their_filtered_tokens_along_and_nobody_keeps_a_copy()
    {
        using var owner = await APerson.OwnerAsync(portal);
        using var client = portal.SandboxClient();
        foreach (var reference in new[] { "Export this", "=Export,that", "Leave this" })
        {
            using var created = await client.PostAsJsonAsync(
                "/setup-intents", new { reference, cardNumber = VaultSamples.Visa, expiryDate = "12/29" }, TestContext.Current.CancellationToken);
            created.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        var answer = await owner.Browser.AskAsync($"{PortalUrls.TokenExport}?q=export");

        answer.Status.ShouldBe(HttpStatusCode.OK);
        answer.CacheControl.ShouldBe("no-store");
        answer.Html.ShouldContain(",Export this,Authorized,");
        answer.Html.ShouldContain(",\"'=Export,that\",Authorized,");
        answer.Html.ShouldContain(",41111111****1111,");
        answer.Html.ShouldNotContain("Leave");
        answer.Html.ShouldNotContain(VaultSamples.Visa);
    }

    [Theory]
    [InlineData("status=unknown", "Status")]
    [InlineData("from=2027-13-01", "From")]
    [InlineData("ending=12345", "Ending")]
    [InlineData("q=4111111111111111", "Q")]
    [InlineData("env=live", "Query")]
    [InlineData("location=nowhere", "Query")]
    [InlineData("environment=live", "Query")]
    [InlineData("state=Authorized", "Query")]
    [InlineData("status=Authorized&status=Created", "Status")]
    public async Task A_filter_that_cannot_be_applied_is_refused_and_never_left_out(string query, string field)
    {
        using var owner = await APerson.OwnerAsync(portal);
        using var client = portal.SandboxClient();
        using var created = await client.PostAsJsonAsync("/setup-intents", new { reference = "Canary of an export" }, TestContext.Current.CancellationToken);

        var answer = await owner.Browser.AskAsync($"{PortalUrls.TokenExport}?{query}");

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Html.ShouldContain($"\"{field}\":[");
        answer.Html.ShouldNotContain("Canary");
        answer.Html.ShouldNotContain("4111111111111111");
    }

    [Fact]
    public async Task A_filter_is_understood_in_any_case()
    {
        using var owner = await APerson.OwnerAsync(portal);
        using var client = portal.SandboxClient();
        using var created = await client.PostAsJsonAsync("/setup-intents", new { reference = "EXPÖRT of a case" }, TestContext.Current.CancellationToken);

        var answer = await owner.Browser.AskAsync($"{PortalUrls.TokenExport}?q={Uri.EscapeDataString("expo\u0308rt OF")}&status=created&env=Sandbox");

        answer.Status.ShouldBe(HttpStatusCode.OK);
        answer.Html.ShouldContain(",EXPÖRT of a case,Created,");
    }

    [Fact]
    public async Task A_stranger_takes_nothing_along()
    {
        using var browser = new Browser(portal);

        var answer = await browser.AskAsync(PortalUrls.TokenExport);

        answer.Status.ShouldBe(HttpStatusCode.Redirect);
        answer.Location.ShouldNotBeNull().ShouldStartWith(PortalUrls.SignIn);
    }

    [Fact]
    public async Task A_member_runs_two_exports_at_a_time()
    {
        using var owner = await APerson.OwnerAsync(portal);
        using var other = await APerson.OwnerAsync(portal);
        var member = (await owner.FindMemberAsync()).ShouldNotBeNull();
        var slots = portal.Services.GetRequiredService<ExportSlots>();
        using (slots.TryTake(member.Id, member.Account).ShouldNotBeNull())
        {
            (await owner.Browser.AskAsync(PortalUrls.TokenExport)).Status.ShouldBe(HttpStatusCode.OK, "one more may run");
            using var second = slots.TryTake(member.Id, member.Account).ShouldNotBeNull();

            (await owner.Browser.AskAsync(PortalUrls.TokenExport)).Status.ShouldBe(HttpStatusCode.TooManyRequests);
            (await other.Browser.AskAsync(PortalUrls.TokenExport)).Status.ShouldBe(HttpStatusCode.OK);
        }

        (await owner.Browser.AskAsync(PortalUrls.TokenExport)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public void While_the_members_of_one_account_run_every_export_that_may_another_account_still_has_its_part()
    {
        var slots = new ExportSlots();
        var taken = Enumerable.Range(1, 100).Count(member => slots.TryTake(new MemberId(member), new AccountId(1)) is not null);
        taken.ShouldBe(ExportSlots.Places);

        for (var i = 0; i < ExportSlots.Places / 2; i++)
        {
            slots.TryTake(new MemberId(1000 + i), new AccountId(2)).ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task An_export_that_is_stopped_breaks_off_and_looks_like_no_whole_file()
    {
        await using var vault = await TokenVault.OpenAsync();
        var lifetime = new Lifetime();
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpRequestLifetimeFeature>(lifetime);
        (context.Request.Scheme, context.Request.Host, context.Request.Path) = ("https", new HostString("localhost"), PortalUrls.TokenExport);

        var current = new Current(vault.Member());
        var export = new ListExport(current, vault.Get<IAccountStore>(), new ExportSlots(), new UtcClock(vault.Clock));
        await TokenExportEndpoint.ExportAsync(context, export, current, new StoppedExport());

        lifetime.IsAborted.ShouldBeTrue();
    }

    private sealed class UtcClock(TimeProvider clock) : IMemberClock
    {
        public DateTimeOffset Now => clock.GetUtcNow();

        public ValueTask<ZonedTime> GetAsync() => new(ZonedTime.Utc);
    }

    private sealed class Lifetime : IHttpRequestLifetimeFeature
    {
        public bool IsAborted { get; private set; }

        public CancellationToken RequestAborted { get; set; }

        public void Abort() => IsAborted = true;
    }

    private sealed class Current(SignedInMember who) : ICurrentMember
    {
        public ValueTask<SignedInMember?> FindAsync() => ValueTask.FromResult<SignedInMember?>(who);
    }

    private sealed class StoppedExport : ITokenExporter
    {
        public Task<Result<ExportedRows<TokenRow>>> ExportAsync(
            SignedInMember who, Tenant tenant, TokenSearch search, Func<ValueTask<SignedInMember?>> askAgain, CancellationToken ct) =>
            Task.FromResult<Result<ExportedRows<TokenRow>>>(new ExportedRows<TokenRow>(RowsAsync()));

        private static async IAsyncEnumerable<TokenRow> RowsAsync()
        {
            await Task.Yield();
            yield return new TokenRow("si_sandbox_1", SetupIntentStatus.Created, TokenOutcome.Created, DateTimeOffset.UnixEpoch, "Booking", null, "Key");
            throw new ExportStoppedException("The session is over.");
        }
    }
}
