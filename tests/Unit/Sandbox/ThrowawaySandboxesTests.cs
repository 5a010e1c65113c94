using System.Data.Common;
using System.Net;
using Dojo.Pci.Tests.Unit.Api;
using Dojo.Pci.Tests.Unit.Webhooks;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Integrity;
using Dojo.Pci.Tokenization.RequestLogs;
using Dojo.Pci.Tokenization.Tokens;

namespace Dojo.Pci.Tests.Unit.Sandbox;

/// <summary>Throwaway sandboxes over HTTP, and what remains of them.</summary>
public sealed class ThrowawaySandboxesTests() : SandboxTest(s_settings, typeof(TokenIndexing))
{
    private static readonly Dictionary<string, string?> s_settings = new(StringComparer.Ordinal) { ["Sandbox:ThrowawaysPerAccount"] = "3", ["Sandbox:LongestLifetime"] = "02:00:00" };

    [Fact]
    public async Task One_is_made_with_a_key_of_its_own_that_can_do_what_the_asking_key_can()
    {
        var made = (await Client.ThrowawayAsync("""{"lifetime":"PT15M"}""")).ShouldBeDone();

        made.PropertyNames().ShouldBe(["id", "createdAt", "expiresAt", "secretKey"]);
        made["expiresAt"].ShouldBe("2026-03-04T09:30:27.123456Z");
        var key = await KeyOfAsync(made["secretKey"]);
        (key.Scopes, key.Tenant.Account, key.ExpiresAt).ShouldBe((ApiKeyScopes.All, Tenant.Account, Portal.Clock.GetUtcNow().AddMinutes(15)));
    }

    [Fact]
    public async Task A_key_with_less_makes_a_key_with_less()
    {
        var asking = await Portal.CreateKeyAsync(scopes: ApiKeyScopes.Sandbox | ApiKeyScopes.Tokenize, networks: [IPNetwork.Parse("127.0.0.0/8")]);
        using var client = Portal.ClientOf(asking.Secret);

        var key = await KeyOfAsync((await client.ThrowawayAsync()).ShouldBeDone()["secretKey"]);

        (key.Scopes, key.AllowedNetworks.Single().ToString()).ShouldBe((ApiKeyScopes.Sandbox | ApiKeyScopes.Tokenize, "127.0.0.0/8"));
    }

    [Fact]
    public async Task It_shares_nothing_with_the_location_that_made_it()
    {
        var token = await Client.CreateAsync();
        using var inside = await InsideAsync();
        var other = await inside.CreateAsync();

        (await inside.GetIntentAsync(token)).ShouldBeProblem(404);
        (await Client.GetIntentAsync(other)).ShouldBeProblem(404);
        (await inside.ListAsync()).Ids().ShouldBe([other]);
        await inside.MoveClockAsync("""{"advance":"P1Y"}""");
        (await Client.TokenizeAsync(ACard.None.ToJson())).ShouldBeOk()["createdAt"].ShouldStartWith("2026-03-04");
    }

    [Fact]
    public async Task Its_maker_lists_and_removes_it_and_its_key_is_refused_at_once()
    {
        var made = (await Client.ThrowawayAsync()).ShouldBeDone();
        using var inside = Portal.ClientOf(made["secretKey"]);
        (await inside.ListAsync()).ShouldBeDone();
        (await Client.ThrowawaysAsync()).ShouldBe([made["id"]]);

        (await Client.RemoveThrowawayAsync(made["id"])).Status.ShouldBe(HttpStatusCode.NoContent);

        (await inside.ListAsync()).ShouldBeProblem(401);
        (await Client.ThrowawaysAsync()).ShouldBeEmpty();
        (await Client.RemoveThrowawayAsync(made["id"])).ShouldBeProblem(404);
    }

    [Fact]
    public async Task It_can_remove_itself_and_no_other_location_can()
    {
        var made = (await Client.ThrowawayAsync()).ShouldBeDone();
        var other = await Portal.CreateKeyAsync(location: await Portal.CreateLocationAsync());
        using var stranger = Portal.ClientOf(other.Secret);
        using var inside = Portal.ClientOf(made["secretKey"]);

        (await stranger.RemoveThrowawayAsync(made["id"])).ShouldBeProblem(404);
        (await stranger.ThrowawaysAsync()).ShouldBeEmpty();
        (await inside.RemoveThrowawayAsync(made["id"])).Status.ShouldBe(HttpStatusCode.NoContent);
        (await inside.ListAsync()).ShouldBeProblem(401);
    }

    [Theory]
    [InlineData("""{"lifetime":"PT59S"}""")]
    [InlineData("""{"lifetime":59}""")]
    [InlineData("""{"lifetime":"PT2H0.001S"}""")]
    [InlineData("""{"lifetime":"P1M"}""")]
    [InlineData("""{"lifetime":"soon"}""")]
    [InlineData("""{"lifetime":true}""")]
    public async Task Its_lifetime_is_bounded(string body) => (await Client.ThrowawayAsync(body)).ShouldBeInvalid("Lifetime");

    [Fact]
    public async Task There_are_only_so_many_and_those_that_are_gone_do_not_count()
    {
        for (var i = 0; i < 3; i++)
        {
            (await Client.ThrowawayAsync()).ShouldBeDone();
        }

        (await Client.ThrowawayAsync()).ShouldBeProblem(409)["detail"].ShouldContain("3");
        await Client.RemoveThrowawayAsync((await Client.ThrowawaysAsync())[0]);
        (await Client.ThrowawayAsync()).ShouldBeDone();
    }

    [Fact]
    public async Task A_throwaway_sandbox_makes_no_others()
    {
        using var inside = await InsideAsync();

        (await inside.ThrowawayAsync()).ShouldBeProblem(409);
    }

    [Fact]
    public async Task A_key_without_the_scope_is_refused_and_production_has_no_such_thing()
    {
        var weak = await Portal.CreateKeyAsync(scopes: ApiKeyScopes.All & ~ApiKeyScopes.Sandbox);
        using var client = Portal.ClientOf(weak.Secret);
        using var production = Portal.ProductionClient();

        (await client.ThrowawayAsync()).ShouldBeProblem(403)["detail"].ShouldContain("'sandbox'");
        (await production.ThrowawayAsync()).ShouldBeProblem(404);
        (await production.RemoveThrowawayAsync("anything")).ShouldBeProblem(404);
        Portal.ProductionKey.Key.Scopes.HasFlag(ApiKeyScopes.Sandbox).ShouldBeFalse();
    }

    [Trait("Engine", "Sqlite")]
    [Fact]
    public async Task It_vanishes_whole_when_its_time_is_over_and_takes_nothing_else_along()
    {
        var kept = await Client.CreateAsync();
        var made = (await Client.ThrowawayAsync()).ShouldBeDone();
        using var inside = Portal.ClientOf(made["secretKey"]);
        await FillAsync(inside);
        var location = (await KeyOfAsync(made["secretKey"])).Tenant.Location;
        await IndexAsync();
        var late = await inside.CreateAsync(); // not in the index yet

        Portal.Clock.Advance(TimeSpan.FromHours(1));
        (await inside.ListAsync()).ShouldBeProblem(401);
        await EraseAsync();
        await EraseAsync();
        await Get<RequestLogWriter>().FlushAsync(); // earlier requests may arrive late in the log
        Portal.Clock.Advance(TimeSpan.FromMinutes(2));
        await EraseAsync();

        late.ShouldNotBeNull();
        (await LeftoversAsync(location)).ShouldBe(["api_keys", "locations"], "its number and its deleted keys, which the audit trail names");
        (await Client.GetIntentAsync(kept)).ShouldBeDone();
        (await Get<IVaultCheck>().CheckAsync(sample: null, Ct)).Faults.ShouldBeEmpty();
        (await ActionsAsync()).ShouldContain(("sandbox removed", "vault"));
    }

    [Fact]
    public async Task What_is_made_and_removed_is_in_the_audit_trail()
    {
        var made = (await Client.ThrowawayAsync()).ShouldBeDone();
        await Client.RemoveThrowawayAsync(made["id"]);

        var actor = Portal.SandboxKey.Key.Actor;
        (await ActionsAsync()).Take(3).ShouldBe([("sandbox removed", actor), ("api key created", actor), ("sandbox created", actor)]);
    }

    [Fact]
    public async Task Histories_of_production_stay_also_while_a_sandbox_of_their_location_is_emptied()
    {
        await Portal.ExecuteAsync($"INSERT INTO sandbox_erasures (location_id, asked_at, tokens) VALUES ({Tenant.Location.Value}, 0, 0)");
        using var production = Portal.ProductionClient();
        await production.TokenizeAsync(ACard.None.ToJson());

        var refused = await Should.ThrowAsync<DbException>(() => Portal.ExecuteAsync("DELETE FROM setup_intent_events"));

        refused.Message.ShouldContain("a history is not changed");
    }

    private static async Task FillAsync(HttpClient inside)
    {
        (await inside.SubscribeAsync(WebhookCalls.Target, "payment_intent.status_updated", "setup_intent.status_updated")).ShouldBeDone();
        var customer = (await inside.AskAsync(HttpMethod.Post, "/customers", """{"name":"Alex"}"""u8.ToArray())).ShouldBeDone()["id"];
        (await inside.AskAsync(HttpMethod.Post, $"/customers/{customer}/create-secret")).ShouldBeDone();
        (await inside.TokenizeAsync(new ACard().ToJson(), ("idempotencyKey", "once"))).ShouldBeOk();
        var charged = await inside.PreparedAsync(await inside.TokenOfAsync());
        (await inside.ChargeAsync(charged)).ShouldBeDone();
        (await inside.RefundAsync(charged, """{"amount":10,"refundReason":"Late"}""", ("idempotencyKey", "refund"))).ShouldBeDone();
        await inside.TokenizeAsync("{}");
    }

    private async Task<HttpClient> InsideAsync() => Portal.ClientOf((await Client.ThrowawayAsync()).ShouldBeDone()["secretKey"]);

    private async Task<ApiKey> KeyOfAsync(string secret) => (await Get<IApiKeyService>().AuthenticateAsync(secret, Ct)).ShouldNotBeNull();

    private Task IndexAsync() => Get<TokenIndexing>().RunOnceAsync(Ct);

    private async Task EraseAsync()
    {
        await UpkeepAsync();
        await IndexAsync();
    }

    private async Task<IReadOnlyList<(string Action, string Actor)>> ActionsAsync() => [.. (await TrailAsync(50)).Select(entry => (entry.Action, entry.Actor))];

    /// <summary>The tables with rows of a location, or with rows that depend on them.</summary>
    private async Task<IReadOnlyList<string>> LeftoversAsync(LocationId location)
    {
        var left = new List<string>();
        foreach (var table in await Portal.QueryAsync("SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name = 'location_id' AND m.name <> 'request_kinds' ORDER BY 1"))
        {
            if ((await Portal.QueryAsync($"SELECT '1' FROM {table} WHERE location_id = {location.Value}")).Count > 0)
            {
                left.Add(table);
            }
        }

        left.AddRange(await Portal.QueryAsync($"SELECT 'locations' FROM locations WHERE id = {location.Value}"));
        left.AddRange(await Portal.QueryAsync("SELECT DISTINCT 'webhook_deliveries' FROM webhook_deliveries"));
        left.AddRange(await Portal.QueryAsync("SELECT DISTINCT 'webhook_secrets' FROM webhook_secrets"));
        left.AddRange(await Portal.QueryAsync("SELECT DISTINCT 'customer_secrets' FROM customer_secrets"));
        left.AddRange(await Portal.QueryAsync("SELECT DISTINCT 'payment_intent_events' FROM payment_intent_events"));
        left.AddRange(await Portal.QueryAsync("SELECT 'setup_intent_events' FROM setup_intent_events GROUP BY 1 HAVING COUNT(DISTINCT setup_intent_id) > 1"));
        return left;
    }
}
