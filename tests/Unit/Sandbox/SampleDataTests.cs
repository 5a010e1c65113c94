using System.Globalization;
using System.Net;
using System.Text;
using Dojo.Pci.Tests.Unit.Api;
using Dojo.Pci.Tests.Unit.Webhooks;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Integrity;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Sandbox;
using Dojo.Pci.Tokenization.Seeding;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Tokens;
using Dojo.Pci.Tokenization.Webhooks;

namespace Dojo.Pci.Tests.Unit.Sandbox;

/// <summary>Sample data of sandboxes, over HTTP, created when a test says so.</summary>
public sealed class SampleDataTests() : SandboxTest(jobs: [typeof(TokenIndexing), typeof(SeedingJob)])
{
    private const string Path = "/sandbox/seeds";

    // What two data sets have in common: everything except ids, with times only as distances from the newest token.
    private static string LookSql(Tenant tenant) => $"""
        SELECT s.status || '|' || s.reference || '|' || COALESCE(s.card_leading, '') || COALESCE(s.card_last_four, '') || '|' || COALESCE(s.card_expiry, 0)
            || '|' || s.intended_amount || '|' || (SELECT MAX(n.created_at) - s.created_at FROM setup_intents n WHERE n.location_id = s.location_id)
            || '|' || COALESCE(s.expire_at - s.created_at, 0) || '|' || COALESCE(p.status, '') || '|' || COALESCE(p.amount, 0) || '|' || COALESCE(p.updated_at - s.created_at, 0)
          FROM setup_intents s
          LEFT JOIN payment_intents p ON p.setup_intent_id = s.id
         WHERE s.location_id = {tenant.Location.Value}
         ORDER BY s.id
        """;

    private ISandboxSeeds Seeds => Get<ISandboxSeeds>();

    [Fact]
    public async Task The_same_size_and_seed_make_the_same_data_and_another_seed_makes_other_data()
    {
        var (first, again, other) = (await SeededLookAsync(50, 7), await SeededLookAsync(50, 7), await SeededLookAsync(50, 8));

        first.Count.ShouldBe(50);
        again.ShouldBe(first);
        other.ShouldNotBe(first);
    }

    [Fact]
    public async Task There_are_tokens_and_payments_of_every_status_as_it_was_said_and_all_of_them_are_sound()
    {
        var outline = Seeds.Outline(new SeedWish(100, 1));

        await SeedAsync(100, 1);

        (await CountAsync("setup_intents")).ShouldBe(outline.Tokens);
        outline.Tokens.Select(share => (share.Status, share.Count)).ShouldBe(
            [("Created", 10), ("Authorized", 30), ("Canceled", 10), ("Completed", 20), ("Expired", 10), ("CardExpired", 10), ("Closed", 10)]);
        (await CountAsync("payment_intents")).ShouldBe(outline.Payments);
        outline.Payments.Select(share => share.Status).ShouldBe(["Created", "Authorized", "Captured", "Reversed", "Refunded", "Canceled"]);
        (await Get<IVaultCheck>().CheckAsync(sample: null, Ct)).Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Its_tokens_are_charged_and_its_payments_refunded_as_any()
    {
        await SeedAsync(10, 1);
        var token = (await Client.ListAsync("?status=Authorized")).Ids()[0];
        var captured = (await Client.AskAsync(HttpMethod.Post, "/payment-intents/search", """{"statuses":["Captured"]}"""u8.ToArray())).ShouldBeDone();

        (await Client.ChargeAsync(await Client.PreparedAsync(token))).ShouldBeDone()["status"].ShouldBe("Successful");
        (await Client.GetIntentAsync(token)).EventTypes().ShouldBe(["Authorized", "Captured"]);
        var payment = captured.Json.GetProperty("data")[0].GetProperty("id").GetString();
        (await Client.AskAsync(HttpMethod.Post, $"/payment-intents/{payment}/refunds", """{"amount":100}"""u8.ToArray(), ("idempotencyKey", "once"))).ShouldBeDone();
    }

    [Fact]
    public async Task Every_card_is_a_published_test_card_and_every_time_is_of_the_last_30_days()
    {
        await SeedAsync(200, 3);
        var known = TestCards.All.Select(card => card.Number[^4..]).ToHashSet(StringComparer.Ordinal);
        var now = Portal.Clock.GetUtcNow();

        (await Portal.QueryAsync("SELECT DISTINCT card_last_four FROM setup_intents WHERE card_last_four IS NOT NULL")).Where(four => !known.Contains(four)).ShouldBeEmpty();
        var times = (await Portal.QueryAsync("SELECT CAST(created_at AS TEXT) FROM setup_intents UNION ALL SELECT CAST(at AS TEXT) FROM setup_intent_events UNION ALL SELECT CAST(at AS TEXT) FROM payment_intent_events"))
            .Select(text => DateTimeOffset.UnixEpoch.AddTicks(long.Parse(text, CultureInfo.InvariantCulture) * TimeSpan.TicksPerMicrosecond)).ToList();
        times.Min().ShouldBeGreaterThanOrEqualTo(now - SeedLimits.Span);
        times.Max().ShouldBeLessThanOrEqualTo(now);
    }

    [Fact]
    public async Task What_was_interrupted_goes_on_where_it_was_and_makes_nothing_twice()
    {
        var whole = await SeededLookAsync(250, 1);
        (await BeginAsync(250, 1)).ShouldBeDone();
        var store = Get<ISeedStore>();
        var maker = Get<SeedMaker>();
        var run = (await store.ListRunningAsync(Ct)).ShouldHaveSingleItem();
        var piece = await maker.MakeAsync(run, 100, Ct);
        (await store.InsertAsync(run, piece, _ => throw new InvalidOperationException("not the last"))).ShouldNotBeNull();

        (await store.InsertAsync(run, await maker.MakeAsync(run, 100, Ct), _ => throw new InvalidOperationException("not the last"))).ShouldBeNull("another process made it first");
        await WorkAsync();

        (await LookAsync(Tenant)).ShouldBe(whole);
        (await ReadAsync())["status"].ShouldBe("Done");
    }

    [Fact]
    public async Task There_is_one_at_a_time_and_it_can_be_stopped()
    {
        (await BeginAsync(100, 1)).ShouldBeDone()["status"].ShouldBe("Running");
        (await BeginAsync(10, 2)).ShouldBeProblem(409)["detail"].ShouldContain("is being made");

        (await Client.AskAsync(HttpMethod.Delete, Path)).Status.ShouldBe(HttpStatusCode.NoContent);
        await WorkAsync();

        (await ReadAsync())["status"].ShouldBe("Stopped");
        (await Portal.CountSetupIntentsAsync()).ShouldBe(0);
        (await BeginAsync(10, 2)).ShouldBeDone();
    }

    [Fact]
    public async Task It_is_in_the_audit_trail_with_who_asked_for_it()
    {
        await SeedAsync(10, 4);
        await BeginAsync(10, 5);
        await Client.AskAsync(HttpMethod.Delete, Path);

        var entries = (await TrailAsync(10)).Select(entry => (entry.Action, entry.Actor, entry.Detail)).Where(entry => entry.Action.Contains("seed", StringComparison.Ordinal));
        entries.ShouldBe(
        [
            ("sandbox seed stopped", Portal.SandboxKey.Key.Actor, ""),
            ("sandbox seed begun", Portal.SandboxKey.Key.Actor, "10 tokens, seed 5"),
            ("sandbox seed ended", "vault", "10 tokens and 3 payments, seed 4"),
            ("sandbox seed begun", Portal.SandboxKey.Key.Actor, "10 tokens, seed 4"),
        ]);
    }

    [Fact]
    public async Task A_reset_ends_it_and_until_the_sandbox_is_empty_none_begins()
    {
        await BeginAsync(100, 1);
        var name = (await Get<IAccountStore>().GetLocationAsync(Tenant, Ct)).Name;
        (await Get<ISandboxControls>().ResetAsync(Member(MemberRole.Owner), Tenant, name)).ShouldBeNull();

        (await BeginAsync(10, 1)).ShouldBeProblem(409)["detail"].ShouldContain("being emptied");
        await WorkAsync();
        await Get<TokenIndexing>().RunOnceAsync(Ct);
        await UpkeepAsync();

        (await Portal.CountSetupIntentsAsync()).ShouldBe(0);
        (await Client.AskAsync(HttpMethod.Get, Path)).ShouldBeProblem(404);
        (await BeginAsync(10, 1)).ShouldBeDone();
    }

    [Fact]
    public async Task Whatever_it_made_a_reset_removes()
    {
        await SeedAsync(100, 1);
        var name = (await Get<IAccountStore>().GetLocationAsync(Tenant, Ct)).Name;
        await Get<TokenIndexing>().RunOnceAsync(Ct);

        await Get<ISandboxControls>().ResetAsync(Member(MemberRole.Owner), Tenant, name);
        await UpkeepAsync();

        foreach (var table in new[] { "setup_intents", "payment_intents", "payment_settlements", "webhook_deliveries" })
        {
            (await Portal.QueryAsync($"SELECT CAST(COUNT(*) AS TEXT) FROM {table}")).ShouldBe(["0"], table);
        }
    }

    [Fact]
    public async Task Where_there_is_no_webhook_endpoint_the_inspector_hears_of_the_newest_tokens()
    {
        await SeedAsync(600, 1);

        (await Client.ListWebhooksAsync()).ShouldBeDone().Json.EnumerateArray().ShouldHaveSingleItem().GetProperty("url").GetString().ShouldBe("https://inspector.invalid");
        (await Portal.QueryAsync("SELECT CAST(COUNT(*) AS TEXT) FROM webhook_deliveries WHERE event = 'setup_intent.created'")).ShouldBe([SeedLimits.AnnouncedTokens.ToString(CultureInfo.InvariantCulture)]);
        (await Portal.QueryAsync("SELECT DISTINCT event FROM webhook_deliveries ORDER BY event")).ShouldBe(
            ["payment_intent.created", "payment_intent.status_updated", "refund.created", "refund.status_updated", "setup_intent.created", "setup_intent.status_updated"]);
    }

    [Fact]
    public async Task Endpoints_that_there_are_stay_as_they_are()
    {
        await Client.SubscribeAsync(WebhookCalls.Target, "refund.created");

        await SeedAsync(10, 1);

        (await Client.ListWebhooksAsync()).Json.GetArrayLength().ShouldBe(1);
        (await Portal.QueryAsync("SELECT DISTINCT event FROM webhook_deliveries")).ShouldBe(["refund.created"]);
    }

    [Fact]
    public async Task Where_each_reference_is_taken_once_a_second_time_makes_nothing_new()
    {
        await Portal.WantUniqueReferencesAsync(true);
        await SeedAsync(10, 1);

        await SeedAsync(10, 1);

        var run = (await ReadAsync()).Json;
        (run.GetProperty("done").GetInt32(), run.GetProperty("tokens").GetInt32(), run.GetProperty("payments").GetInt32()).ShouldBe((10, 0, 0));
        (await Portal.CountSetupIntentsAsync()).ShouldBe(10);
    }

    [Theory]
    [InlineData("{}", "Size")]
    [InlineData("""{"size":9}""", "Size")]
    [InlineData("""{"size":100001}""", "Size")]
    [InlineData("""{"size":"all"}""", "Size")]
    [InlineData("""{"size":10,"seed":-1}""", "Seed")]
    [InlineData("""{"size":10,"seed":10000}""", "Seed")]
    public async Task What_cannot_be_made_is_refused_by_field(string body, string field) =>
        (await Client.AskAsync(HttpMethod.Post, Path, Encoding.UTF8.GetBytes(body))).ShouldBeInvalid(field);

    [Fact]
    public async Task Production_has_none_and_a_key_without_the_scope_is_refused()
    {
        using var production = Portal.ProductionClient();
        using var weak = Portal.ClientOf((await Portal.CreateKeyAsync(scopes: ApiKeyScopes.All & ~ApiKeyScopes.Sandbox)).Secret);

        (await production.AskAsync(HttpMethod.Post, Path, """{"size":10}"""u8.ToArray())).ShouldBeProblem(404);
        (await production.AskAsync(HttpMethod.Get, Path)).ShouldBeProblem(404);
        (await weak.AskAsync(HttpMethod.Post, Path, """{"size":10}"""u8.ToArray())).ShouldBeProblem(403);
    }

    [Fact]
    public async Task A_member_needs_the_right_and_has_no_other_account_and_no_production()
    {
        var other = await Portal.CreateLocationAsync();

        (await Seeds.BeginAsync(Member(MemberRole.Viewer), Tenant, new SeedWish(10, 1))).Refusal.ShouldBeOfType<Refusal.Forbidden>();
        (await Seeds.BeginAsync(Member(MemberRole.Owner), new Tenant(other.Account, other.Id, TenantEnvironment.Sandbox), new SeedWish(10, 1))).Refusal.ShouldBeOfType<Refusal.NotFound>();
        (await Seeds.BeginAsync(Member(MemberRole.Owner), Tenant with { Environment = TenantEnvironment.Production }, new SeedWish(10, 1))).Refusal.ShouldBeOfType<Refusal.NotFound>();
        (await Seeds.BeginAsync(Member(MemberRole.Developer), Tenant, new SeedWish(10, 1))).IsSuccess.ShouldBeTrue();
    }

    private Task<ApiAnswer> BeginAsync(int size, int seed, HttpClient? client = null) =>
        (client ?? Client).AskAsync(HttpMethod.Post, Path, Encoding.UTF8.GetBytes($$"""{"size":{{size}},"seed":{{seed}}}"""));

    private async Task<ApiAnswer> ReadAsync() => (await Client.AskAsync(HttpMethod.Get, Path)).ShouldBeDone();

    private Task WorkAsync() => Get<SeedingJob>().RunOnceAsync(Ct);

    private async Task SeedAsync(int size, int seed)
    {
        (await BeginAsync(size, seed)).ShouldBeDone();
        await WorkAsync();
        (await ReadAsync())["status"].ShouldBe("Done");
        while (await Get<IWebhookDeliveryStore>().UnpackAsync(1) > 0)
        {
            // Events of large commits become deliveries a moment later, in the background.
        }
    }

    // In a separate sandbox, which contains nothing else.
    private async Task<IReadOnlyList<string>> SeededLookAsync(int size, int seed)
    {
        var key = await Portal.CreateKeyAsync(location: await Portal.CreateLocationAsync());
        using var client = Portal.ClientOf(key.Secret);
        (await BeginAsync(size, seed, client)).ShouldBeDone();
        await WorkAsync();
        return await LookAsync(key.Key.Tenant);
    }

    private Task<IReadOnlyList<string>> LookAsync(Tenant tenant) => Portal.QueryAsync(LookSql(tenant));

    private async Task<IReadOnlyList<SeedShare>> CountAsync(string table)
    {
        var counts = (await Portal.QueryAsync($"SELECT status || ' ' || CAST(COUNT(*) AS TEXT) FROM {table} GROUP BY status")).Select(row => row.Split(' '))
            .ToDictionary(row => row[0], row => int.Parse(row[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);
        var order = table == "setup_intents" ? Enum.GetNames<SetupIntentStatus>() : Enum.GetNames<PaymentIntentStatus>();
        return [.. order.Where(counts.ContainsKey).Select(status => new SeedShare(status, counts[status]))];
    }
}
