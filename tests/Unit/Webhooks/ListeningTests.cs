using System.Net;
using System.Text;
using Dojo.Pci.Tests.Unit.Api;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Webhooks;

namespace Dojo.Pci.Tests.Unit.Webhooks;

/// <summary>Events that are fetched rather than sent, over HTTP. Each test has its own location.</summary>
public sealed class ListeningTests(PortalFactory portal) : OwnLocationTest(portal)
{
    [Fact]
    public async Task What_waits_is_given_until_it_is_reported_and_then_not_again()
    {
        var id = await ListenAsync();
        var token = await Client.TokenOfAsync();

        var first = await FetchAsync(id);
        var again = await FetchAsync(id);

        var one = first.Json.GetProperty("data").EnumerateArray().ShouldHaveSingleItem();
        again.Body.ShouldBe(first.Body);
        one.GetProperty("event").GetString().ShouldBe("setup_intent.created");
        one.GetProperty("sequence").GetInt64().ShouldBe(1);
        one.GetProperty("body").GetString().ShouldNotBeNull().ShouldContain(token);
        var eventId = one.GetProperty("id").GetString()!;
        (await ReportAsync(id, eventId, """{"status":200,"durationMilliseconds":12}""")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await FetchAsync(id)).Json.GetProperty("data").GetArrayLength().ShouldBe(0);
        (await ReportAsync(id, eventId, "{}")).ShouldBeProblem(404);
    }

    [Fact]
    public async Task A_poll_that_finds_nothing_waits_for_the_next_event()
    {
        var id = await ListenAsync();

        var poll = FetchAsync(id, wait: 30);
        await Client.TokenOfAsync();

        (await poll).Json.GetProperty("data").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Nothing_of_another_location_is_given_or_taken()
    {
        var id = await ListenAsync();
        await Client.TokenOfAsync();
        var eventId = (await FetchAsync(id)).Json.GetProperty("data")[0].GetProperty("id").GetString()!;
        using var stranger = Portal.SandboxClient();

        (await FetchAsync(id, client: stranger)).ShouldBeProblem(404);
        (await ReportAsync(id, eventId, "{}", stranger)).ShouldBeProblem(404);
        (await FetchAsync(id)).Json.GetProperty("data").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Production_has_neither_and_a_key_needs_the_scope()
    {
        var id = await ListenAsync();
        using var production = Portal.ClientOf((await Portal.CreateKeyAsync(TenantEnvironment.Production, location: Location)).Secret);
        using var narrow = Portal.ClientOf((await Portal.CreateKeyAsync(scopes: ApiKeyScopes.Read | ApiKeyScopes.Tokenize, location: Location)).Secret);

        (await FetchAsync(id, client: production)).ShouldBeProblem(404);
        (await ReportAsync(id, "evt_7kQ2mY0aZUqC1fB9xw3d5A", "{}", production)).ShouldBeProblem(404);
        (await production.SubscribeAsync(WebhookCalls.Body(WebhookUrls.Listener))).ShouldBeInvalid("Url");
        (await FetchAsync(id, client: narrow)).ShouldBeProblem(403);
    }

    [Fact]
    public async Task Events_that_are_sent_are_not_fetched()
    {
        var id = (await Client.SubscribeAsync(WebhookCalls.Body())).ShouldBeOk()["id"];

        (await FetchAsync(id)).ShouldBeProblem(400)["detail"].ShouldContain(WebhookUrls.Listener);
    }

    [Theory]
    [InlineData("limit=0", "Limit")]
    [InlineData("limit=101", "Limit")]
    [InlineData("wait=31", "Wait")]
    [InlineData("wait=soon", "Wait")]
    [InlineData("after=1", "Query")]
    public async Task A_query_that_breaks_a_rule_is_refused_by_its_name(string query, string field) =>
        (await Client.AskAsync(HttpMethod.Get, $"/webhooks/{await ListenAsync()}/deliveries?{query}")).ShouldBeInvalid(field);

    [Theory]
    [InlineData("""{"status":99}""", "Status")]
    [InlineData("""{"status":"200"}""", "Status")]
    [InlineData("""{"durationMilliseconds":-1}""", "DurationMilliseconds")]
    public async Task A_report_that_breaks_a_rule_is_refused_by_its_name(string json, string field) =>
        (await ReportAsync(await ListenAsync(), "evt_7kQ2mY0aZUqC1fB9xw3d5A", json)).ShouldBeInvalid(field);

    private async Task<string> ListenAsync() => (await Client.SubscribeAsync($"{WebhookUrls.Listener}/kim", "setup_intent.created")).ShouldBeOk()["id"];

    private Task<ApiAnswer> FetchAsync(string id, int wait = 0, HttpClient? client = null) => (client ?? Client).AskAsync(HttpMethod.Get, $"/webhooks/{id}/deliveries?wait={wait}");

    private Task<ApiAnswer> ReportAsync(string id, string eventId, string json, HttpClient? client = null) =>
        (client ?? Client).AskAsync(HttpMethod.Put, $"/webhooks/{id}/deliveries/{eventId}/outcome", Encoding.UTF8.GetBytes(json));
}
