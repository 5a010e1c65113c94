using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Idempotency;
using Dojo.Pci.Tokenization.RequestLogs;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Validation;
using Microsoft.Extensions.DependencyInjection;

namespace Dojo.Pci.Tests.Unit.RequestLogs;

public sealed class LoggingRequestsTests
{
    private static readonly object s_card = new
    {
        cardNumber = Samples.CardNumber,
        expiryDate = "12/29",
        reference = "Booking 4711",
        description = "Two nights",
        metadata = new { room = "12b" },
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_tokenized_card_is_logged_with_everything_but_the_card()
    {
        await using var portal = new LoggedPortal();
        using var shop = await portal.IntegrateAsync();
        var before = DateTimeOffset.UtcNow;

        using var answer = await PostAsync(shop, s_card);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var entry = await SingleAsync(portal, shop);
        entry.Tenant.ShouldBe(shop.Key.Tenant);
        entry.Key.ShouldBe(shop.Key.Id);
        entry.Method.ShouldBe("POST");
        entry.Route.ShouldBe("/setup-intents");
        entry.Status.ShouldBe(200);
        entry.Version.ShouldBe("2025-09-10");
        entry.Refusal.ShouldBeNull();
        entry.At.ShouldBeInRange(before.AddMilliseconds(-1), DateTimeOffset.UtcNow);
        entry.Duration.ShouldBeInRange(TimeSpan.FromMicroseconds(1), TimeSpan.FromMinutes(1));
        entry.Body!.Json.ShouldBe(
            """{"cardNumber":"52000000****1005","reference":"Booking 4711","description":"Two nights","metadata":{"room":"12b"}}""");
        (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("id").GetString().ShouldBe(entry.TokenId);
    }

    [Fact]
    public async Task A_refused_body_is_logged_by_the_names_of_its_fields_and_not_kept()
    {
        await using var portal = new LoggedPortal();
        using var shop = await portal.IntegrateAsync();

        using var answer = await PostAsync(shop, new { cardNumber = "5200000000001006", expiryDate = "12/29", reference = "", metadata = new { secret = "x" } });

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var entry = await SingleAsync(portal, shop);
        entry.Status.ShouldBe(400);
        entry.Refusal.ShouldBe("CardNumber,Reference");
        entry.Problem!.Errors.Select(error => error.Field).Distinct(StringComparer.Ordinal).ShouldBe(["CardNumber", "Reference"]);
        entry.TokenId.ShouldBeNull();
        entry.Body.ShouldBeNull();
        (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("traceId").GetString().ShouldBe(entry.TraceId);
    }

    [Fact]
    public async Task A_key_without_the_scope_is_logged_as_forbidden()
    {
        await using var portal = new LoggedPortal();
        using var reader = await portal.IntegrateAsync(scopes: ApiKeyScopes.Read);

        using var answer = await PostAsync(reader, s_card);

        var entry = await SingleAsync(portal, reader);
        (entry.Status, entry.Refusal, entry.Body).ShouldBe((403, "Forbidden", null));
    }

    [Fact]
    public async Task A_key_from_a_strange_address_is_logged_for_its_owner()
    {
        await using var portal = new LoggedPortal();
        using var shop = await portal.IntegrateAsync(networks: [IPNetwork.Parse("192.0.2.0/24")]);

        using var answer = await PostAsync(shop, s_card);

        (await SingleAsync(portal, shop)).Status.ShouldBe(403);
    }

    [Fact]
    public async Task A_wrong_method_is_logged_under_the_resource()
    {
        await using var portal = new LoggedPortal();
        using var shop = await portal.IntegrateAsync();

        using var answer = await shop.Client.DeleteAsync(new Uri("/setup-intents", UriKind.Relative), Ct);

        var entry = await SingleAsync(portal, shop);
        (entry.Method, entry.Route, entry.Status, entry.Refusal).ShouldBe(("DELETE", "/setup-intents", 405, "MethodNotAllowed"));
    }

    [Fact]
    public async Task A_missing_version_is_logged_without_one()
    {
        await using var portal = new LoggedPortal();
        using var shop = await portal.IntegrateAsync();
        shop.Client.DefaultRequestHeaders.Remove("version");

        using var answer = await PostAsync(shop, s_card);

        var entry = await SingleAsync(portal, shop);
        (entry.Status, entry.Refusal, entry.Version).ShouldBe((400, "Version", null));
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_logged_and_not_kept()
    {
        await using var portal = new LoggedPortal();
        using var shop = await portal.IntegrateAsync();

        using var answer = await PostAsync(shop, new { reference = new string('x', 70_000) });

        var entry = await SingleAsync(portal, shop);
        (entry.Status, entry.Body).ShouldBe((413, null));
        entry.Refusal.ShouldNotBeNull();
    }

    [Fact]
    public async Task One_request_too_many_is_logged()
    {
        await using var portal = new LoggedPortal(requestsPerSecond: 1);
        using var shop = await portal.IntegrateAsync();
        var sent = 0;
        HttpStatusCode status;
        do
        {
            using var answer = await PostAsync(shop, s_card);
            (status, sent) = (answer.StatusCode, sent + 1);
        }
        while (status == HttpStatusCode.OK && sent < 100);

        var logged = await portal.LoggedAsync(shop.Key.Tenant);

        logged.Count.ShouldBe(sent);
        (logged[0].Status, logged[0].Refusal).ShouldBe((429, "TooManyRequests"));
        logged.Skip(1).ShouldAllBe(entry => entry.Status == 200);
    }

    [Fact]
    public async Task A_fault_of_ours_is_logged_with_the_status_that_was_sent()
    {
        var failing = new FailingService(new InvalidOperationException("A fault."));
        await using var portal = new LoggedPortal(replace: services => services.AddSingleton<ISetupIntentService>(failing));
        using var shop = await portal.IntegrateAsync();

        using var answer = await PostAsync(shop, s_card);

        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        var entry = await SingleAsync(portal, shop);
        (entry.Status, entry.Refusal).ShouldBe((500, "InternalServerError"));
    }

    [Fact]
    public async Task A_store_that_takes_nothing_is_logged_as_unavailable()
    {
        var failing = new FailingService(new UnavailableException("The disk is full."));
        await using var portal = new LoggedPortal(replace: services => services.AddSingleton<ISetupIntentService>(failing));
        using var shop = await portal.IntegrateAsync();

        using var answer = await PostAsync(shop, s_card);

        (await SingleAsync(portal, shop)).Status.ShouldBe(503);
    }

    [Fact]
    public async Task A_log_that_cannot_be_stored_fails_no_request()
    {
        var broken = new FakeStore { FailuresLeft = int.MaxValue };
        await using var portal = new LoggedPortal(replace: services => services.AddSingleton<IRequestLogStore>(broken));
        using var shop = await portal.IntegrateAsync();

        using var answer = await PostAsync(shop, s_card);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_request_without_a_valid_key_is_counted_and_belongs_to_nobody()
    {
        await using var portal = new LoggedPortal();
        using var shop = await portal.IntegrateAsync();
        var counted = portal.Count();
        using var stranger = portal.CreateClient();

        using var answer = await stranger.PostAsJsonAsync(new Uri("/setup-intents", UriKind.Relative), s_card, Ct);

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await portal.LoggedAsync(shop.Key.Tenant)).ShouldBeEmpty();
        counted["request_log.anonymous 401"].ShouldBe(1);
    }

    [Fact]
    public async Task Each_location_finds_its_own_requests()
    {
        await using var portal = new LoggedPortal();
        using var sandbox = await portal.IntegrateAsync();
        using var production = await portal.IntegrateAsync(TenantEnvironment.Production);

        using var accepted = await PostAsync(sandbox, s_card);
        using var refused = await PostAsync(production, s_card);

        (await SingleAsync(portal, sandbox)).Status.ShouldBe(200);
        (await SingleAsync(portal, production)).Refusal.ShouldBe("CardNumber");
    }

    [Fact]
    public async Task What_waits_when_the_portal_stops_is_on_the_disk_and_no_secret_is()
    {
        await using var portal = new LoggedPortal();
        using var shop = await portal.IntegrateAsync();
        using var accepted = await PostAsync(shop, new { cardNumber = Samples.CardNumber, expiryDate = "12/29", reference = "kept reference", metadata = new { kept = "kept metadata" } });
        using var invalid = await PostAsync(shop, new { cardNumber = Samples.CardNumber, expiryDate = "13/29", reference = "refused reference" });
        using var cvv = await PostAsync(shop, new { reference = "refused reference", cvv = "refused code" });
        using var inText = await PostAsync(shop, new { reference = "refused reference", description = $"card {Samples.CardNumber}" });
        using var notJson = await SendAsync(shop, new HttpRequestMessage(HttpMethod.Post, "/setup-intents") { Content = new StringContent("refused text " + Samples.CardNumber, Encoding.UTF8, "application/json") });
        using var inPath = await SendAsync(shop, new HttpRequestMessage(HttpMethod.Post, $"/setup-intents/a/{Samples.CardNumber}/b/c?card={Samples.CardNumber}"));
        using var inMethod = await SendAsync(shop, new HttpRequestMessage(new HttpMethod(Samples.CardNumber), "/setup-intents"));
        using var inVersion = await SendAsync(shop, WithHeader("version", Samples.CardNumber));
        using var inIdempotencyKey = await SendAsync(shop, WithHeader("Idempotency-Key", Samples.CardNumber));
        using var inTrace = await SendAsync(shop, WithHeader("traceparent", $"00-0000000000000000{Samples.CardNumber}-0000000000000001-01"));
        using var amongDigits = await SendAsync(shop, WithHeader("traceparent", $"00-73{Samples.CardNumber}12345678901234-0000000000000001-01"));
        using var inOddTrace = await SendAsync(shop, WithHeader("traceparent", Samples.CardNumber));
        using var keyInTrace = await SendAsync(shop, WithHeader("traceparent", portal.Secrets[0]));
        using var inRequestId = await SendAsync(shop, WithHeader("Request-Id", $"|{Samples.CardNumber}."));

        var files = await portal.StopAndReadFilesAsync();

        Holds(files, "kept reference").ShouldBeTrue();
        Holds(files, "\"cardNumber\":\"52000000****1005\"").ShouldBeTrue();
        Holds(files, "(no such resource)").ShouldBeTrue();
        Holds(files, "_OTHER").ShouldBeTrue();
        foreach (var secret in new[] { Samples.CardNumber, portal.Secrets[0], portal.Secrets[0][11..], "refused reference", "refused code", "refused text" })
        {
            Holds(files, secret).ShouldBeFalse(secret);
        }
    }

    [Fact]
    public async Task A_trace_that_a_client_began_is_found_under_its_id()
    {
        await using var portal = new LoggedPortal();
        using var shop = await portal.IntegrateAsync();

        using var answer = await SendAsync(shop, WithHeader("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));

        (await SingleAsync(portal, shop)).TraceId.ShouldContain("0af7651916cd43dd8448eb211c80319c");
    }

    private static HttpRequestMessage WithHeader(string name, string value)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/setup-intents") { Content = JsonContent.Create(new { reference = "a reference" }) };
        request.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue();
        return request;
    }

    private static async Task<HttpResponseMessage> SendAsync(Integration shop, HttpRequestMessage request)
    {
        using (request)
        {
            return await shop.Client.SendAsync(request, Ct);
        }
    }

    private static Task<HttpResponseMessage> PostAsync(Integration shop, object body) =>
        shop.Client.PostAsJsonAsync(new Uri("/setup-intents", UriKind.Relative), body, Ct);

    private static async Task<RequestLogEntry> SingleAsync(LoggedPortal portal, Integration shop) =>
        (await portal.LoggedAsync(shop.Key.Tenant)).ShouldHaveSingleItem();

    private static bool Holds(byte[] files, string text) => files.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;

    private sealed class FailingService(Exception exception) : ISetupIntentService
    {
        public Task<Result<SetupIntent>> CreateAsync(Caller caller, SetupIntentRequest request, IdempotencyKey? idempotencyKey, AuditEntry? audit = null) => throw exception;

        public Task<Result<SetupIntentBatch>> CreateBatchAsync(Caller caller, IReadOnlyList<Result<SetupIntentRequest>> items, IdempotencyKey? idempotencyKey) => throw exception;

        public Task<Result<SetupIntent>> GetAsync(Tenant tenant, string id, CancellationToken ct) => throw exception;

        public Task<Result<SetupIntent>> GetPublicAsync(string id, CancellationToken ct) => throw exception;

        public Task<Result<SetupIntent>> DeleteAsync(Caller caller, string id, bool includeAuthorized, AuditEntry? audit = null) => throw exception;

        public Task<Result<SetupIntent>> RenewClientSecretAsync(Tenant tenant, string id) => throw exception;

        public Task<Result<SetupIntent>> RenewClientSecretPublicAsync(string id) => throw exception;

        public Task<Result<SetupIntentList>> ListAsync(
            Tenant tenant, SetupIntentFilter filter, int limit, string? before, string? after, CancellationToken ct) => throw exception;
    }
}
