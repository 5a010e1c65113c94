using System.Net;
using Dojo.Pci.Tests.Unit.Api;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tests.Unit.SigningIn;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.RequestLogs;
using Microsoft.Extensions.DependencyInjection;

namespace Dojo.Pci.Tests.Unit.ApiKeys;

/// <summary>Keys over HTTP: the API accepts and refuses them, and the plain pages create and roll them.</summary>
public sealed class ApiKeysOverHttpTests(PortalFactory portal) : IClassFixture<PortalFactory>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IApiKeyService Keys => portal.Services.GetRequiredService<IApiKeyService>();

    [Fact]
    public async Task Retiring_and_bringing_back_hold_from_the_next_request_on()
    {
        var key = await portal.CreateKeyAsync();
        using var client = portal.ClientOf(key.Secret);
        (await client.TokenizeAsync(ACard.None.ToJson())).ShouldBeOk();

        (await Keys.RetireAsync(Owner(key), key.Key.Tenant, key.Key.Id, at: null)).IsSuccess.ShouldBeTrue();
        (await client.TokenizeAsync(ACard.None.ToJson())).ShouldBeProblem(401);

        (await Keys.BringBackAsync(Owner(key), key.Key.Tenant, key.Key.Id)).IsSuccess.ShouldBeTrue();
        (await client.TokenizeAsync(ACard.None.ToJson())).ShouldBeOk();
    }

    [Fact]
    public async Task Changed_scopes_and_addresses_hold_from_the_next_request_on()
    {
        var key = await portal.CreateKeyAsync();
        using var client = portal.ClientOf(key.Secret);
        (await client.TokenizeAsync(ACard.None.ToJson())).ShouldBeOk();

        await LimitAsync(key, new ApiKeyLimits(ApiKeyScopes.Read));
        (await client.TokenizeAsync(ACard.None.ToJson())).ShouldBeProblem(403);

        await LimitAsync(key, new ApiKeyLimits(ApiKeyScopes.All, "203.0.113.0/24"));
        (await client.TokenizeAsync(ACard.None.ToJson())).ShouldBeProblem(403);

        await LimitAsync(key, new ApiKeyLimits(ApiKeyScopes.All, "127.0.0.1"));
        (await client.TokenizeAsync(ACard.None.ToJson())).ShouldBeOk();
    }

    [Fact]
    public async Task A_deleted_key_is_refused_from_the_next_request_on()
    {
        var key = await portal.CreateKeyAsync();
        using var client = portal.ClientOf(key.Secret);
        (await client.TokenizeAsync(ACard.None.ToJson())).ShouldBeOk();

        (await Keys.DeleteAsync(Owner(key), key.Key.Tenant, key.Key.Id, key.Key.Name)).IsSuccess.ShouldBeTrue();

        (await client.TokenizeAsync(ACard.None.ToJson())).ShouldBeProblem(401);
    }

    [Fact]
    public async Task A_dry_run_knows_the_scopes_that_the_API_requires()
    {
        var key = await portal.CreateKeyAsync();
        using var client = portal.ClientOf(key.Secret);
        await client.TokenizeAsync(ACard.None.ToJson());
        await client.AskAsync(HttpMethod.Get, "/setup-intents", body: null);
        await client.AskAsync(HttpMethod.Get, "/setup-intents/nothing", body: null);
        await client.AskAsync(HttpMethod.Post, "/payment-intents/nothing/charge", body: null);
        await client.AskAsync(HttpMethod.Put, "/setup-intents", body: null);
        await portal.Services.GetRequiredService<RequestLogWriter>().FlushAsync();

        (await TryAsync(key, ApiKeyScopes.Read | ApiKeyScopes.Charge)).ShouldBe((4, 1));
        (await TryAsync(key, ApiKeyScopes.Tokenize | ApiKeyScopes.Charge)).ShouldBe((4, 2));
        (await TryAsync(key, ApiKeyScopes.Tokenize | ApiKeyScopes.Read)).ShouldBe((4, 1));
    }

    [Fact]
    public async Task The_form_makes_a_key_that_works_shows_it_once_and_makes_no_second_one()
    {
        using var owner = await APerson.OwnerAsync(portal);
        var form = await owner.Browser.OpenAsync("/api-keys/new");
        form.CacheControl.ShouldBe("no-store");
        (string, string)[] typed = [("Input.Name", "Made in a form"), ("Input.Tokenize", "true"), ("Input.Life", "30")];

        var answer = await owner.Browser.SendFormAsync(form, "new-api-key", typed);

        answer.Status.ShouldBe(HttpStatusCode.OK);
        answer.CacheControl.ShouldBe("no-store");
        var secret = answer.Document.QuerySelector("[data-testid=secret]")!.TextContent;
        ApiKeySecret.IsWellFormed(secret).ShouldBeTrue();
        answer.Document.QuerySelector("[data-testid=sample]")!.TextContent.ShouldContain($"Basic {secret}");
        using var client = portal.ClientOf(secret);
        (await client.TokenizeAsync(ACard.None.ToJson())).ShouldBeOk();
        (await client.AskAsync(HttpMethod.Get, "/setup-intents", body: null)).ShouldBeProblem(403);
        portal.Log.Text.ShouldNotContain(secret);

        var again = await owner.Browser.SendFormAsync(form, "new-api-key", typed);
        again.Document.QuerySelector("[data-testid=fault]")!.TextContent.ShouldContain("This key was already made; make another.");
        again.Html.ShouldNotContain(secret);
        (await owner.Browser.OpenAsync("/api-keys?q=Made in a form")).Document.QuerySelectorAll("[data-testid=key]").Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_name_that_holds_a_card_number_or_a_key_is_refused_and_not_repeated()
    {
        using var owner = await APerson.OwnerAsync(portal);
        foreach (var name in new[] { "My 4111 1111 1111 1111", portal.SandboxKey.Secret })
        {
            var answer = await owner.Browser.SendFormAsync(await owner.Browser.OpenAsync("/api-keys/new"), "new-api-key", ("Input.Name", name), ("Input.Read", "true"));

            answer.Document.QuerySelector("#fault-Name").ShouldNotBeNull();
            answer.Html.ShouldNotContain(name);
        }
    }

    [Theory]
    [InlineData("Input.Name")]
    [InlineData("Input.Addresses")]
    [InlineData("Input.ExpiresAt")]
    [InlineData("Input.FormId")]
    public async Task What_is_typed_is_shown_again_without_a_card_number_no_matter_what_was_wrong_with_it(string field)
    {
        using var owner = await APerson.OwnerAsync(portal);
        var key = await portal.CreateKeyAsync();
        foreach (var (address, form) in new[] { ("/api-keys/new", "new-api-key"), ($"/api-keys/{key.Key.Id.Value}/roll", "roll-api-key") })
        {
            var typed = new Dictionary<string, string>(StringComparer.Ordinal) { ["Input.Name"] = "Checkout", ["Input.Life"] = "date", ["Input.ExpiresAt"] = "soon", [field] = "4111111111111111123" };

            var answer = await owner.Browser.SendFormAsync(await owner.Browser.OpenAsync(address), form, [.. typed.Select(entry => (entry.Key, entry.Value))]);

            answer.Html.ShouldNotContain("4111111111111111");
        }
    }

    [Fact]
    public async Task A_search_for_a_card_number_in_an_address_is_not_repeated()
    {
        using var owner = await APerson.OwnerAsync(portal);

        (await owner.Browser.OpenAsync("/api-keys?q=4111+1111+1111+1111")).Html.ShouldNotContain("4111 1111");
    }

    [Fact]
    public async Task The_form_rolls_a_key_and_its_successor_works_beside_it()
    {
        using var owner = await APerson.OwnerAsync(portal);
        var key = await portal.CreateKeyAsync();
        var form = await owner.Browser.OpenAsync($"/api-keys/{key.Key.Id.Value}/roll");

        var answer = await owner.Browser.SendFormAsync(form, "roll-api-key", ("Input.Name", "Next"), ("Input.Overlap", "1"));

        answer.CacheControl.ShouldBe("no-store");
        var secret = answer.Document.QuerySelector("[data-testid=secret]")!.TextContent;
        foreach (var good in new[] { secret, key.Secret })
        {
            using var client = portal.ClientOf(good);
            (await client.TokenizeAsync(ACard.None.ToJson())).ShouldBeOk();
        }

        (await Keys.GetAsync(Owner(key), key.Key.Tenant, key.Key.Id, Ct)).Value!.Key.RetiresAt!.Value.ShouldBe(portal.Clock.GetUtcNow().AddHours(1), TimeSpan.FromMinutes(1));
        (await owner.Browser.SendFormAsync(form, "roll-api-key", ("Input.Name", "Next"))).Document.QuerySelector("[data-testid=fault]")!.TextContent
            .ShouldContain("This key was already made; make another.");
    }

    [Fact]
    public async Task A_form_without_its_protection_makes_nothing()
    {
        using var owner = await APerson.OwnerAsync(portal);

        var answer = await owner.Browser.PostAsync("/api-keys/new", ("_handler", "new-api-key"), ("Input.Name", "Forged"), ("Input.FormId", "forged"), ("Input.Read", "true"));

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        (await owner.Browser.OpenAsync("/api-keys?q=Forged")).Document.QuerySelectorAll("[data-testid=key]").ShouldBeEmpty();
    }

    [Fact]
    public async Task For_keys_of_production_the_form_asks_for_a_fresh_proof_first()
    {
        using var owner = await APerson.OwnerAsync(portal);
        (await owner.Browser.AskAsync("/api-keys/new?env=production")).Status.ShouldBe(HttpStatusCode.OK);
        portal.Clock.Advance(RoleTable.Freshness + TimeSpan.FromSeconds(1));

        var page = await owner.Browser.AskAsync("/api-keys/new?env=production");

        page.Location.ShouldNotBeNull().ShouldContain("/sign-in?confirm=true");
    }

    private SignedInMember Owner(TestKey key) => new(
        new MemberId(99), key.Key.Tenant.Account, "o@example.com", "O", MemberRole.Owner, new SessionId(1), portal.Clock.GetUtcNow(), IPAddress.Loopback);

    private async Task LimitAsync(TestKey key, ApiKeyLimits limits) =>
        (await Keys.LimitAsync(Owner(key), key.Key.Tenant, key.Key.Id, limits)).IsSuccess.ShouldBeTrue();

    private async Task<(long Requests, long Refused)> TryAsync(TestKey key, ApiKeyScopes scopes)
    {
        var dry = (await portal.Services.GetRequiredService<IApiKeyInsight>().TryAsync(Owner(key), key.Key.Tenant, key.Key.Id, new ApiKeyLimits(scopes), Ct)).Value!;
        return (dry.Requests, dry.Refused);
    }
}
