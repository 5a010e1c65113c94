using System.Net;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tests.Unit.Api;

public sealed class IdempotencyTests(PortalFactory portal) : IClassFixture<PortalFactory>
{
    private static readonly ACard s_card = new() { Description = "Table for twelve", Metadata = ACard.Entries(("b", "1"), ("a", "2")) };

    [Theory]
    [InlineData("idempotencyKey")]
    [InlineData("Idempotency-Key")]
    [InlineData("IDEMPOTENCYKEY")]
    public async Task The_same_request_again_gets_the_same_answer_byte_for_byte(string header)
    {
        var key = NewKey();
        var first = await portal.TokenizeAsync(s_card, (header, key));
        portal.Clock.Advance(TimeSpan.FromMinutes(5));
        var stored = await portal.CountSetupIntentsAsync();

        var second = await portal.TokenizeAsync(s_card, (header, key));

        second.ShouldBeOk().Body.ShouldBe(first.Body);
        (await portal.CountSetupIntentsAsync()).ShouldBe(stored);
    }

    [Theory]
    [InlineData("5200000000001005", "12/29", "Authorized")]
    [InlineData("4456530000001013", "12/29", "Created")]
    [InlineData("5200000000001005", "01/20", "CardExpired")]
    [InlineData(null, null, "Created")]
    public async Task Every_outcome_is_answered_again_as_it_was(string? number, string? expiry, string status)
    {
        var (key, card) = (NewKey(), new ACard { Number = number, Expiry = expiry });

        var first = await portal.TokenizeAsync(card, ("idempotencyKey", key));
        var second = await portal.TokenizeAsync(card, ("idempotencyKey", key));

        first.ShouldBeOk()["status"].ShouldBe(status);
        second.Body.ShouldBe(first.Body);
    }

    [Fact]
    public async Task Both_names_of_the_header_name_the_same_request()
    {
        var key = NewKey();
        var first = await portal.TokenizeAsync(s_card, ("idempotencyKey", key));

        (await portal.TokenizeAsync(s_card, ("Idempotency-Key", key))).ShouldBeOk().Body.ShouldBe(first.Body);
        (await portal.TokenizeAsync(s_card, ("Idempotency-Key", key), ("idempotencyKey", key))).ShouldBeOk().Body.ShouldBe(first.Body);
    }

    [Fact]
    public async Task Two_different_keys_on_one_request_are_refused()
    {
        var answer = await portal.TokenizeAsync(s_card, ("idempotencyKey", NewKey()), ("Idempotency-Key", NewKey()));

        answer.ShouldBeInvalid("IdempotencyKey");
    }

    [Theory]
    [InlineData(1, 200)]
    [InlineData(100, 200)]
    [InlineData(101, 400)]
    [InlineData(0, 400)]
    public async Task A_key_has_1_to_100_characters(int length, int status)
    {
        var answer = await portal.TokenizeAsync(s_card, ("idempotencyKey", new string('k', length)));

        ((int)answer.Status).ShouldBe(status, answer.Body);
        if (status == 400)
        {
            answer.ShouldBeInvalid("IdempotencyKey");
        }
    }

    [Theory]
    [InlineData("number")]
    [InlineData("expiry")]
    [InlineData("reference")]
    [InlineData("description")]
    [InlineData("metadata")]
    [InlineData("no card")]
    [InlineData("no description")]
    [InlineData("no metadata")]
    public async Task Another_request_under_the_same_key_is_a_conflict(string difference)
    {
        var key = NewKey();
        var first = await portal.TokenizeAsync(s_card, ("idempotencyKey", key));
        var stored = await portal.CountSetupIntentsAsync();

        var other = await portal.TokenizeAsync(Change(s_card, difference), ("idempotencyKey", key));

        other.ShouldBeProblem(409)["type"].ShouldBe("https://tools.ietf.org/html/rfc7231#section-6.5.8");
        other.Everything.ShouldNotContain(first["id"]);
        (await portal.CountSetupIntentsAsync()).ShouldBe(stored);
    }

    [Fact]
    public async Task How_a_request_is_written_does_not_make_it_another()
    {
        var key = NewKey();
        var first = await portal.TokenizeAsync("""{"reference":"r","description":"d","metadata":{"a":"1","b":"2"}}""", ("idempotencyKey", key));

        var second = await portal.TokenizeAsync("""{ "metadata" : {"b":"2","a":"1"}, "description":"d", "reference":"r", "cardNumber":null }""", ("idempotencyKey", key));

        second.ShouldBeOk().Body.ShouldBe(first.Body);
    }

    [Theory]
    [InlineData("""{"reference":"r","customer":{"id":"1","emailAddress":"a@example.com"}}""", """{"customer":{"emailAddress":"a@example.com","id":"1"},"reference":"r"}""")]
    [InlineData("""{"reference":"r","customer":{"id":"1"},"billingAddress":{"countryCode":"GB","city":"London"}}""", """{"billingAddress":{"city":"London","countryCode":"GB"},"customer":{"id":"1"},"reference":"r"}""")]
    [InlineData("""{"reference":"r","shippingDetails":{"name":"N","address":{"city":"Ely","countryCode":"GB"}}}""", """{"reference":"r","shippingDetails":{"address":{"countryCode":"GB","city":"Ely"},"name":"N"}}""")]
    [InlineData("""{"reference":"r","config":{"details":{"showTotal":true,"showReference":false},"title":"T"}}""", """{"reference":"r","config":{"title":"\u0054","details":{"showReference":false,"showTotal":true}}}""")]
    [InlineData("""{"reference":"r","customer":{"id":"A"}}""", """{"reference":"\u0072","customer":{"i\u0064":"\u0041","phoneNumber":null}}""")]
    [InlineData("""{"reference":"r","intendedAmount":{"value":1000,"currencyCode":"GBP"}}""", """{"reference":"r","intendedAmount":{"currencyCode":"gbp","value":1e3}}""")]
    [InlineData("""{"reference":"r","intendedAmount":{"value":"1000","currencyCode":"GBP"}}""", """{"reference":"r","intendedAmount":{"value":1000.0,"currencyCode":"GBP"}}""")]
    [InlineData("""{"reference":"r","expireAt":"2026-03-05T10:00:00Z"}""", """{"reference":"r","expireAt":"2026-03-05T11:00:00.000+01:00"}""")]
    [InlineData("""{"reference":"r","expireAt":"2026-03-05T10:00:00Z"}""", """{"reference":"r","expireAt":"2026-03-05T10:00"}""")]
    [InlineData("""{"reference":"r","paymentMethods":["Card"],"metadata":null}""", """{"reference":"r","paymentMethods":["card"]}""")]
    [InlineData("""{"reference":"r","metadata":{"a":"1","b":"é"}}""", """{"reference":"r","metadata":{"b":"\u00e9","\u0061":"1"}}""")]
    public async Task What_says_the_same_is_the_same_request_at_every_depth(string one, string other)
    {
        var key = NewKey();
        var first = await portal.TokenizeAsync(one, ("idempotencyKey", key));

        (await portal.TokenizeAsync(other, ("idempotencyKey", key))).ShouldBeOk().Body.ShouldBe(first.ShouldBeOk().Body);
    }

    [Theory]
    [InlineData("""{"reference":"r","customer":{"id":"1"}}""", """{"reference":"r","customer":{"id":"2"}}""")]
    [InlineData("""{"reference":"r","customer":{"id":"1"}}""", """{"reference":"r","customer":{"phoneNumber":"1"}}""")]
    [InlineData("""{"reference":"r","customer":{"id":"1"}}""", """{"reference":"r"}""")]
    [InlineData("""{"reference":"r","paymentMethods":["Card","Wallet"]}""", """{"reference":"r","paymentMethods":["Wallet","Card"]}""")]
    [InlineData("""{"reference":"r","intendedAmount":{"value":1000,"currencyCode":"GBP"}}""", """{"reference":"r","intendedAmount":{"value":1000,"currencyCode":"EUR"}}""")]
    [InlineData("""{"reference":"r","billingAddress":{"countryCode":"GB","city":"a"}}""", """{"reference":"r","shippingDetails":{"address":{"countryCode":"GB","city":"a"}}}""")]
    public async Task What_says_something_else_is_another_request(string one, string other)
    {
        var key = NewKey();
        (await portal.TokenizeAsync(one, ("idempotencyKey", key))).ShouldBeOk();

        (await portal.TokenizeAsync(other, ("idempotencyKey", key))).ShouldBeProblem(409);
    }

    [Fact]
    public async Task Of_64_equal_requests_at_once_exactly_one_is_done()
    {
        var key = NewKey();
        var stored = await portal.CountSetupIntentsAsync();
        using var client = portal.SandboxClient();

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => client.TokenizeAsync(s_card.ToJson(), ("idempotencyKey", key))));

        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.OK || answer.Status == HttpStatusCode.Conflict);
        answers.Where(answer => answer.Status == HttpStatusCode.OK).Select(answer => answer.Body).Distinct(StringComparer.Ordinal).ShouldHaveSingleItem();
        (await portal.CountSetupIntentsAsync()).ShouldBe(stored + 1);
    }

    [Fact]
    public async Task The_same_key_is_another_one_in_another_environment_and_at_another_location()
    {
        var key = NewKey();
        var json = ACard.None.ToJson();
        var elsewhere = await portal.CreateKeyAsync(location: await portal.CreateLocationAsync());
        using var sandbox = portal.SandboxClient();
        using var production = portal.ProductionClient();
        using var other = portal.ClientOf(elsewhere.Secret);

        var answers = new[] { sandbox, production, other }.Select(client => client.TokenizeAsync(json, ("idempotencyKey", key)));

        (await Task.WhenAll(answers)).Select(answer => answer.ShouldBeOk()["id"]).Distinct(StringComparer.Ordinal).Count().ShouldBe(3);
    }

    [Fact]
    public async Task Two_api_keys_of_one_location_share_their_idempotency_keys()
    {
        var key = NewKey();
        var first = await portal.TokenizeAsync(s_card, ("idempotencyKey", key));
        using var client = portal.ClientOf((await portal.CreateKeyAsync()).Secret);

        (await client.TokenizeAsync(s_card.ToJson(), ("idempotencyKey", key))).ShouldBeOk().Body.ShouldBe(first.Body);
    }

    [Fact]
    public async Task A_refused_request_leaves_its_key_free()
    {
        var key = NewKey();
        (await portal.TokenizeAsync(s_card with { Reference = "" }, ("idempotencyKey", key))).ShouldBeProblem(400);

        (await portal.TokenizeAsync(s_card, ("idempotencyKey", key))).ShouldBeOk();
    }

    [Fact]
    public async Task A_request_that_is_refused_after_its_key_was_claimed_leaves_the_key_free_at_once()
    {
        var key = NewKey();
        const string Json = """{"reference":"r","terms":"I agree.","merchantInitiatedTransactionType":"NoShow","expireAt":"@"}""";
        (await portal.TokenizeAsync(Json.Replace("@", "2020-01-01T00:00:00Z", StringComparison.Ordinal), ("idempotencyKey", key))).ShouldBeInvalid("ExpireAt");

        var corrected = Json.Replace("@", "2199-01-01T00:00:00Z", StringComparison.Ordinal);
        var answer = (await portal.TokenizeAsync(corrected, ("idempotencyKey", key))).ShouldBeOk();

        (await portal.TokenizeAsync(corrected, ("idempotencyKey", key))).ShouldBeOk().Body.ShouldBe(answer.Body);
    }

    [Fact]
    public async Task A_request_that_failed_through_our_fault_leaves_its_key_free()
    {
        var issuer = new FailingAuthorizer();
        await using var other = await PortalFactory.StartAsync(new PortalFactory { Authorizer = issuer });
        var key = NewKey();
        (await other.TokenizeAsync(s_card, ("idempotencyKey", key))).ShouldBeProblem(500);

        issuer.IsBroken = false;

        (await other.TokenizeAsync(s_card, ("idempotencyKey", key))).ShouldBeOk();
        (await other.CountSetupIntentsAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Without_a_key_every_request_creates()
    {
        var first = await portal.TokenizeAsync(s_card);

        (await portal.TokenizeAsync(s_card)).ShouldBeOk()["id"].ShouldNotBe(first["id"], StringComparer.Ordinal);
    }

    private static string NewKey() => Guid.NewGuid().ToString();

    private static ACard Change(ACard card, string difference) => difference switch
    {
        "number" => card with { Number = "4242424242424242" },
        "expiry" => card with { Expiry = "11/29" },
        "reference" => card with { Reference = "Booking 4712" },
        "description" => card with { Description = "Table for eleven" },
        "metadata" => card with { Metadata = ACard.Entries(("a", "1"), ("b", "2")) },
        "no card" => card with { Number = null, Expiry = null },
        "no description" => card with { Description = null },
        _ => card with { Metadata = null },
    };
}
