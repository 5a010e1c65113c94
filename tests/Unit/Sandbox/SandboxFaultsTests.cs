using System.Net;
using System.Text;
using Dojo.Pci.Tests.Unit.Api;
using Dojo.Pci.Tests.Unit.Webhooks;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Webhooks;

namespace Dojo.Pci.Tests.Unit.Sandbox;

/// <summary>Injected faults in a sandbox, over HTTP.</summary>
public sealed class SandboxFaultsTests : SandboxTest
{
    [Theory]
    [InlineData("errorPercent", 500, null)]
    [InlineData("tooManyRequestsPercent", 429, "1")]
    [InlineData("unavailablePercent", 503, "1")]
    public async Task The_next_requests_fail_as_it_was_asked_and_nothing_is_done(string kind, int status, string? retryAfter)
    {
        (await SetAsync($$"""{"{{kind}}":100,"requests":2}""")).Json.GetProperty("requestsLeft").GetInt32().ShouldBe(2);

        var refused = (await Client.TokenizeAsync(new ACard().ToJson())).ShouldBeProblem(status);
        (await Client.ListAsync()).ShouldBeProblem(status);

        refused["detail"].ShouldContain("fault");
        refused.Header("Retry-After").ShouldBe(retryAfter);
        (await Client.ListAsync()).ShouldBeDone().Ids().ShouldBeEmpty();
        (await ReadAsync()).Json.GetProperty("active").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task A_dropped_connection_gives_no_answer()
    {
        await SetAsync("""{"droppedPercent":100,"requests":1}""");

        await Should.ThrowAsync<HttpRequestException>(() => Client.ListAsync());

        (await Client.ListAsync()).ShouldBeDone();
    }

    [Fact]
    public async Task Latency_lets_a_request_wait_and_then_does_it()
    {
        await SetAsync("""{"latencyMilliseconds":300,"requests":1}""");
        var started = System.Diagnostics.Stopwatch.GetTimestamp();

        (await Client.ListAsync()).ShouldBeDone();

        System.Diagnostics.Stopwatch.GetElapsedTime(started).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(290));
    }

    [Fact]
    public async Task An_acquirer_that_declines_leaves_a_token_that_cannot_be_charged()
    {
        await SetAsync("""{"declinedPercent":100,"requests":1}""");

        (await Client.GetIntentAsync(await Client.CreateAsync())).EventTypes().ShouldBe(["Declined"]);
        (await Client.GetIntentAsync(await Client.CreateAsync())).EventTypes().ShouldBe(["Authorized"]);
    }

    [Fact]
    public async Task A_charge_whose_outcome_is_not_known_is_504_and_is_charged_once_in_the_end()
    {
        var payment = await Client.PreparedAsync(await Client.TokenOfAsync());
        await SetAsync("""{"unknownPercent":100,"requests":1}""");

        (await Client.ChargeAsync(payment)).ShouldBeProblem(504);

        (await Client.ChargeAsync(payment)).ShouldBeDone()["status"].ShouldBe("Successful");
    }

    [Fact]
    public async Task A_delivery_fails_without_anything_being_sent_and_is_tried_again()
    {
        await SetAsync("""{"webhookFailurePercent":100,"requests":1}""");
        var webhook = await ListenAsync();

        (await SendAsync(webhook)).Error.ShouldBe("SandboxFault");
        ((await SendAsync(webhook)).Error == "SandboxFault").ShouldBeFalse("one was asked for");
    }

    [Fact]
    public async Task Requests_attempts_and_deliveries_are_counted_each_by_themselves()
    {
        await SetAsync("""{"latencyMilliseconds":1,"declinedPercent":100,"requests":3}""");

        await Client.CreateAsync();
        await Client.ListAsync();

        var left = await ReadAsync();
        (left.Json.GetProperty("requestsLeft").GetInt32(), left.Json.GetProperty("attemptsLeft").GetInt32()).ShouldBe((1, 2));
        left.Json.TryGetProperty("deliveriesLeft", out _).ShouldBeFalse("the plan has no fault for them");
    }

    [Fact]
    public async Task Faults_for_minutes_end_with_them_and_those_in_charge_can_end_them_before()
    {
        (await SetAsync("""{"errorPercent":100,"minutes":5}"""))["endsAt"].ShouldBe("2026-03-04T09:20:27.123456Z");
        (await Client.ListAsync()).ShouldBeProblem(500);

        Portal.Clock.Advance(TimeSpan.FromMinutes(5));
        (await Client.ListAsync()).ShouldBeDone();
        await UpkeepAsync();
        await SetAsync("""{"errorPercent":100,"minutes":5}""");
        (await Client.AskAsync(HttpMethod.Delete, "/sandbox/faults")).Status.ShouldBe(HttpStatusCode.NoContent);

        (await Client.ListAsync()).ShouldBeDone();
        (await ActionsAsync()).ShouldBe(["sandbox faults cleared", "sandbox faults set", "sandbox faults ended", "sandbox faults set"]);
    }

    [Fact]
    public async Task Faults_that_are_used_up_are_in_the_audit_trail_with_who_set_them()
    {
        await SetAsync("""{"errorPercent":100,"requests":1}""");
        await Client.ListAsync();

        var entries = await TrailAsync(2);
        (entries[0].Action, entries[0].Actor).ShouldBe(("sandbox faults ended", "vault"));
        (entries[1].Action, entries[1].Actor, entries[1].Detail).ShouldBe(("sandbox faults set", Portal.SandboxKey.Key.Actor, "Error 100 %, for 1 requests"));
    }

    [Fact]
    public async Task Another_sandbox_and_production_go_on()
    {
        await SetAsync("""{"errorPercent":100,"declinedPercent":100,"minutes":5}""");
        using var stranger = await Portal.StrangerAsync();
        using var production = Portal.ProductionClient();

        (await stranger.ListAsync()).ShouldBeDone();
        (await production.ListAsync()).ShouldBeDone();
        (await production.AskAsync(HttpMethod.Get, "/sandbox/faults")).ShouldBeProblem(404);
        (await production.AskAsync(HttpMethod.Put, "/sandbox/faults", """{"errorPercent":100,"minutes":5}"""u8.ToArray())).ShouldBeProblem(404);
    }

    [Fact]
    public async Task A_key_without_the_scope_is_refused()
    {
        using var client = Portal.ClientOf((await Portal.CreateKeyAsync(scopes: ApiKeyScopes.All & ~ApiKeyScopes.Sandbox)).Secret);

        (await client.AskAsync(HttpMethod.Get, "/sandbox/faults")).ShouldBeProblem(403);
    }

    [Theory]
    [InlineData("""{"errorPercent":101,"requests":1}""", "ErrorPercent")]
    [InlineData("""{"errorPercent":-1,"requests":1}""", "ErrorPercent")]
    [InlineData("""{"errorPercent":"all","requests":1}""", "ErrorPercent")]
    [InlineData("""{"errorPercent":60,"droppedPercent":41,"requests":1}""", "DroppedPercent")]
    [InlineData("""{"declinedPercent":60,"unknownPercent":41,"requests":1}""", "UnknownPercent")]
    [InlineData("""{"latencyMilliseconds":30001,"requests":1}""", "LatencyMilliseconds")]
    [InlineData("""{"errorPercent":1,"requests":0}""", "Requests")]
    [InlineData("""{"errorPercent":1,"minutes":1441}""", "Minutes")]
    [InlineData("""{"errorPercent":1}""", "Body")]
    [InlineData("""{"errorPercent":1,"requests":1,"minutes":1}""", "Body")]
    [InlineData("""{"errorPercent":0,"requests":1}""", "Body")]
    public async Task What_cannot_be_set_is_refused_by_field(string body, string field) =>
        (await Client.AskAsync(HttpMethod.Put, "/sandbox/faults", Encoding.UTF8.GetBytes(body))).ShouldBeInvalid(field);

    private async Task<ApiAnswer> SetAsync(string body) => (await Client.AskAsync(HttpMethod.Put, "/sandbox/faults", Encoding.UTF8.GetBytes(body))).ShouldBeDone();

    private async Task<ApiAnswer> ReadAsync() => (await Client.AskAsync(HttpMethod.Get, "/sandbox/faults")).ShouldBeDone();

    private async Task<StoredWebhook> ListenAsync()
    {
        await Client.SubscribeAsync(WebhookCalls.Target, "payment_intent.status_updated");
        var subscription = long.Parse((await Portal.QueryAsync("SELECT CAST(id AS TEXT) FROM webhook_subscriptions"))[0], System.Globalization.CultureInfo.InvariantCulture);
        return (await Get<IWebhookDeliveryStore>().TakeAsync(subscription, Portal.Clock.GetUtcNow(), 1, new HashSet<long>())).ShouldNotBeNull().Webhook;
    }

    private Task<WebhookAttempt> SendAsync(StoredWebhook webhook) =>
        Get<WebhookSender>().SendAsync(Get<WebhookSender>().Prepare(webhook), new WebhookDelivery(1, "evt_1", 1, "{}"u8.ToArray(), 0), Ct);

    private async Task<IReadOnlyList<string>> ActionsAsync() => [.. (await TrailAsync(4)).Select(entry => entry.Action)];
}
