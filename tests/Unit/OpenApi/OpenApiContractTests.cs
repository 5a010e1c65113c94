using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Dojo.Pci.Tests.Unit.OpenApi;

/// <summary>Broken contracts are detected, and the messages do not reveal too much.</summary>
public sealed class OpenApiContractTests
{
    private const string Token = "/setup-intents/si_sandbox_zO9He6VSK0WV3_g33nVDVw";

    private const string Tokenized = """
        {"id":"si_sandbox_zO9He6VSK0WV3_g33nVDVw","status":"Authorized","createdAt":"2026-03-04T09:15:27.1234567Z",
         "updatedAt":"2026-03-04T09:15:27.8812Z","reference":"Booking 4711"}
        """;

    private const string Unauthorized = """
        {"type":"https://tools.ietf.org/html/rfc7235#section-3.1","title":"Unauthorized","status":401,
         "traceId":"00-a405f077df056a498323ffbcec05923f-aa63e6f4dbbc734a-01"}
        """;

    [Fact]
    public void A_documented_answer_passes() => Check(Answer());

    [Fact]
    public void A_wrong_type_is_found() =>
        Broken(Answer(body => body["reference"] = 4711)).ShouldContain("POST /setup-intents answered 200: ");

    [Fact]
    public void A_wrong_type_is_placed_but_its_value_is_not_told()
    {
        var message = Broken(Answer(body => body["status"] = "5200000000001005"));

        message.ShouldContain("$.status: enum must be");
        message.ShouldNotContain("5200000000001005");
    }

    [Fact]
    public void An_extra_member_is_found() =>
        Broken(Answer(body => body["cardType"] = "VISA")).ShouldContain("$.cardType: must not be there");

    [Fact]
    public void A_missing_member_is_found() =>
        Broken(Answer(body => body.Remove("updatedAt"))).ShouldContain("$.updatedAt: is missing");

    [Fact]
    public void A_null_where_a_member_should_be_left_out_is_found() =>
        Broken(Answer(body => body["description"] = null)).ShouldContain("$.description: type must be \"string\"");

    [Fact]
    public void A_time_that_is_not_UTC_is_found() =>
        Broken(Answer(body => body["createdAt"] = "2026-03-04T10:15:27+01:00")).ShouldContain("$.createdAt: pattern must be");

    [Fact]
    public void A_full_card_number_never_fits()
    {
        var message = Broken(Answer(
            body => body["setupEvents"] = new JsonArray(new JsonObject
            {
                ["transactionDateTime"] = "2026-03-04T09:15:27Z", ["eventType"] = "Authorized", ["cardNumber"] = "5200000000001005",
            }),
            method: "GET",
            path: Token));

        message.ShouldContain("$.setupEvents[0].cardNumber: pattern must be");
        message.ShouldNotContain("5200000000001005");
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    public void A_secret_where_none_is_due_is_found(string method) =>
        Broken(Answer(
            body =>
            {
                body["setupEvents"] = new JsonArray();
                body["clientSessionSecret"] = new string('a', 158) + "==";
            },
            method: method,
            path: Token)).ShouldContain("$.clientSessionSecret: must not be there");

    [Fact]
    public void Events_in_a_public_answer_are_found() =>
        Broken(Answer(body => body["setupEvents"] = new JsonArray(), method: "GET", path: "/setup-intents/public/si_sandbox_zO9He6VSK0WV3_g33nVDVw"))
            .ShouldContain("GET /setup-intents/public/{setupIntentId} answered 200: $.setupEvents: must not be there");

    [Fact]
    public void A_member_that_the_asked_version_does_not_have_is_found()
    {
        var answer = Answer(
            body =>
            {
                body["setupEvents"] = new JsonArray();
                body["paymentSource"] = "api";
            },
            method: "GET",
            path: Token);

        Check(answer with { Version = "2025-09-10" });
        Check(answer with { Version = "2024-02-05" });
        Check(answer with { Version = "2023-11-12" });
        Broken(answer with { Version = "2022-04-07" }).ShouldContain("Dojo's 2022-04-07: $.paymentSource: must not be there");
        Broken(answer with { Version = "2022-12-01" }).ShouldContain("Dojo's 2022-04-07");
    }

    [Fact]
    public void An_undocumented_status_is_found() =>
        Broken(Answer() with { Status = 201 }).ShouldBe("POST /setup-intents answered 201: is not documented.");

    [Theory]
    [InlineData("PUT", "/setup-intents", 200)]
    [InlineData("GET", "/setup-intents/a/b/c", 200)]
    [InlineData("GET", "/payment-intents", 404)]
    [InlineData("GET", "/setup-intents/a/b/c", 405)]
    public void An_undocumented_operation_may_not_answer(string method, string path, int status) =>
        Broken(Answer() with { Method = method, Path = path, Status = status }).ShouldContain("is not documented");

    [Theory]
    [InlineData("PUT", "/setup-intents")]
    [InlineData("GET", "/setup-intents/a/b/c")]
    public void An_undocumented_operation_may_be_refused(string method, string path) =>
        Check(Problem() with { Method = method, Path = path });

    [Fact]
    public void A_problem_that_names_another_status_is_found() =>
        Broken(Problem(body => body["status"] = 403)).ShouldContain("$.status: must be the status of the answer");

    [Fact]
    public void A_problem_under_another_content_type_is_found() =>
        Broken(Problem() with { ContentType = "application/json" }).ShouldContain("the content type application/json is not documented");

    [Fact]
    public void A_missing_header_is_found() =>
        Broken(Problem() with { Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) }).ShouldContain("header WWW-Authenticate: is missing");

    [Fact]
    public void A_wrong_header_is_found() =>
        Broken(Problem() with { Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["www-authenticate"] = "Bearer" } })
            .ShouldContain("header WWW-Authenticate: const must be");

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("""{"id":1,"id":2}""")]
    public void A_body_that_is_not_JSON_is_found(string body) =>
        Broken(Answer() with { Body = Encoding.UTF8.GetBytes(body) }).ShouldContain("the body is not JSON, or has a property twice");

    [Theory]
    [InlineData("/setup-intents", true)]
    [InlineData("/Setup-Intents/", true)]
    [InlineData("/payment-intents/a/captures", true)]
    [InlineData("/health/live", true)]
    [InlineData("/health/other", false)]
    [InlineData("/", false)]
    [InlineData("/app.css", false)]
    public void Covers_the_API_and_what_lies_beside_it(string path, bool covered) =>
        OpenApiContract.Current.Covers(path).ShouldBe(covered);

    [Fact]
    public async Task A_client_with_the_handler_fails_on_a_broken_answer()
    {
        using var client = ClientAnswering(HttpStatusCode.OK, """{"id":"4711"}""");

        var broken = await Should.ThrowAsync<ContractBrokenException>(() => client.GetAsync(Address(Token), TestContext.Current.CancellationToken));

        broken.Message.ShouldStartWith("GET /setup-intents/{setupIntentId} answered 200: header version: is missing");
    }

    [Fact]
    public async Task A_client_with_the_handler_still_gets_the_body()
    {
        using var client = ClientAnswering(HttpStatusCode.OK, """{"status":"Healthy"}""");

        (await client.GetStringAsync(Address("/health/ready"), TestContext.Current.CancellationToken)).ShouldBe("""{"status":"Healthy"}""");
    }

    [Fact]
    public async Task Pages_pass_the_handler_unread()
    {
        using var client = ClientAnswering(HttpStatusCode.Accepted, "anything");

        (await client.GetStringAsync(Address("/sign-in"), TestContext.Current.CancellationToken)).ShouldBe("anything");
    }

    private static void Check(ValidatedAnswer answer) => OpenApiContract.Current.Check(answer);

    private static string Broken(ValidatedAnswer answer) => Should.Throw<ContractBrokenException>(() => Check(answer)).Message;

    private static ValidatedAnswer Answer(Action<JsonObject>? change = null, string method = "POST", string path = "/setup-intents") =>
        new(method, path, 200, "application/json; charset=utf-8", Changed(Tokenized, change));

    private static ValidatedAnswer Problem(Action<JsonObject>? change = null) =>
        new("POST", "/setup-intents", 401, "application/problem+json", Changed(Unauthorized, change));

    private static byte[] Changed(string json, Action<JsonObject>? change)
    {
        var body = JsonNode.Parse(json)!.AsObject();
        change?.Invoke(body);
        return Encoding.UTF8.GetBytes(body.ToJsonString());
    }

    private static Uri Address(string path) => new("http://portal.example" + path);

    private static HttpClient ClientAnswering(HttpStatusCode status, string body) =>
        new(new OpenApiCheckingHandler { InnerHandler = new Answering(status, body) });

    private sealed class Answering(HttpStatusCode status, string body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") });
    }
}
