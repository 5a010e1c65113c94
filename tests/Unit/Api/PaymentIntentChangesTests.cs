using System.Net;
using System.Text;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.ApiKeys;

namespace Dojo.Pci.Tests.Unit.Api;

/// <summary>Searches for payment intents, their amounts, secrets and receipts, and what a shopper's device sees of them.</summary>
public sealed class PaymentIntentChangesTests(PortalFactory portal) : OwnLocationTest(portal)
{
    private const string Unknown = "pi_sandbox_kDcIQkmnR0C1YWFZIP4Hgg";
    private const string Adjustable = """
        "config":{"payment":{"customAmountAllowed":true,"tipsAllowed":true}}
        """;

    [Fact]
    public async Task The_amount_is_changed_where_its_creator_allowed_it_and_that_is_what_is_charged()
    {
        var id = await CreatedAsync(Adjustable + ",\"itemLines\":[{\"id\":\"1\",\"name\":\"Soup\"}]");

        var changed = (await PostAsync(id, "amount", """{"amount":{"value":5500,"currencyCode":"GBP"},"itemLines":[{"id":"2","name":"Steak"}]}""")).ShouldBeOk();

        (ValueOf(changed, "amount"), ValueOf(changed, "requestedAmount"), ValueOf(changed, "totalAmount")).ShouldBe((5500, 1999, 5500));
        changed.Json.GetProperty("itemLines")[0].GetProperty("name").GetString().ShouldBe("Steak");
        (await PostAsync(id, "amount", """{"amount":{"value":6000,"currencyCode":"GBP"}}""")).ShouldBeOk().Json.GetProperty("itemLines")[0].GetProperty("name").GetString().ShouldBe("Steak");
        (await Client.PayAsync(id)).ShouldBeCharged("Successful", "DEPOSITED");
        (await Client.RefundAsync(id, """{"amount":6001}""", ("idempotencyKey", "k"))).ShouldBeInvalid("Amount");
        (await Client.RefundAsync(id, """{"amount":6000}""", ("idempotencyKey", "k"))).ShouldBeDone();
        (await PostAsync(id, "amount", """{"amount":{"value":1,"currencyCode":"GBP"}}""")).ShouldBeProblem(405)["detail"].ShouldContain("Refunded");
    }

    [Fact]
    public async Task The_tip_is_changed_where_its_creator_allowed_it()
    {
        var id = await CreatedAsync(Adjustable);

        var tipped = (await PostAsync(id, "tips-amount", """{"tipsAmount":{"value":500,"currencyCode":"GBP"}}""")).ShouldBeOk();

        (ValueOf(tipped, "tipsAmount"), ValueOf(tipped, "totalAmount")).ShouldBe((500, 2499));
        tipped.PropertyNames().ShouldNotContain("requestedAmount", StringComparer.Ordinal);
        (await PostAsync(id, "tips-amount", """{"tipsAmount":{"value":0,"currencyCode":"GBP"}}""")).ShouldBeOk().PropertyNames().ShouldNotContain("tipsAmount", StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("amount", "amount", "Amount")]
    [InlineData("tips-amount", "tipsAmount", "TipsAmount")]
    public async Task An_amount_that_breaks_a_rule_or_was_not_allowed_is_refused(string operation, string member, string field)
    {
        string BodyOf(string value, string currency = "GBP") => $$$"""{"{{{member}}}":{"value":{{{value}}},"currencyCode":"{{{currency}}}"}}""";
        var (id, fixedAmount) = (await CreatedAsync(Adjustable), await CreatedAsync("\"config\":{\"title\":\"t\"}"));

        (await PostAsync(id, operation, BodyOf("5", "EUR"))).ShouldBeInvalid($"{field}.CurrencyCode");
        (await PostAsync(id, operation, BodyOf("-1"))).ShouldBeInvalid($"{field}.Value");
        (await PostAsync(id, operation, "{}")).ShouldBeInvalid(field);
        var unchangeable = (await PostAsync(fixedAmount, operation, BodyOf("5"))).ShouldBeProblem(405);
        unchangeable["detail"].ShouldContain("config.payment");
        unchangeable.Header("Allow").ShouldBeNullOrEmpty();
        unchangeable.Header("Link").ShouldNotBeNull().ShouldContain("/docs/errors/not-changeable");
        (await PostAsync(Unknown, operation, BodyOf("5"))).ShouldBeProblem(404);
    }

    [Fact]
    public async Task What_was_created_under_an_idempotency_key_is_answered_as_at_first_after_its_amount_was_changed()
    {
        var payment = new APayment(SetupIntentId: null) { More = Adjustable };
        var first = (await Client.PrepareAsync(payment, ("Idempotency-Key", "k"))).ShouldBeOk();
        (await PostAsync(first["id"], "amount", """{"amount":{"value":5500,"currencyCode":"GBP"},"taxLines":[]}""")).ShouldBeOk();
        (await PostAsync(first["id"], "tips-amount", """{"tipsAmount":{"value":5,"currencyCode":"GBP"}}""")).ShouldBeOk();

        (await Client.PrepareAsync(payment, ("Idempotency-Key", "k"))).ShouldBeOk().Body.ShouldBe(first.Body);
    }

    [Fact]
    public async Task A_shoppers_device_reads_what_it_needs_to_pay_and_nothing_more()
    {
        var created = (await Client.PrepareAsync(new APayment(SetupIntentId: null)
        {
            More = "\"customer\":{\"emailAddress\":\"a@example.com\"},\"metadata\":{\"a\":\"1\"},\"description\":\"Dinner\"",
        })).ShouldBeOk();
        var id = created["id"];
        using var device = Portal.AnonymousClient();
        device.DefaultRequestHeaders.Add("version", "2022-04-07");

        var read = (await device.AskAsync(HttpMethod.Get, $"/payment-intents/public/{id}")).ShouldBeOk();

        (read["clientSessionSecret"], read["description"]).ShouldBe((created["clientSessionSecret"], "Dinner"));
        read.Json.GetProperty("merchantConfig").GetProperty("supportedPaymentMethods").GetProperty("cardSchemes").EnumerateArray().Select(scheme => scheme.GetString())
            .ShouldBe(["VISA", "MASTERCARD", "MAESTRO", "DISCOVER", "DCI", "AMEX"]);
        read.PropertyNames().Intersect(["customer", "metadata", "paymentDetails", "setupIntentId"], StringComparer.Ordinal).ShouldBeEmpty();
        var renewed = (await device.AskAsync(HttpMethod.Post, $"/payment-intents/public/{id}/refresh-client-session-secret")).ShouldBeOk();
        string.Equals(renewed["clientSessionSecret"], created["clientSessionSecret"], StringComparison.Ordinal).ShouldBeFalse();
        (await device.AskAsync(HttpMethod.Get, $"/payment-intents/public/{id}")).ShouldBeOk()["clientSessionSecret"].ShouldBe(renewed["clientSessionSecret"]);

        await Client.AdvanceAsync("PT31M");
        (await device.AskAsync(HttpMethod.Get, $"/payment-intents/public/{id}")).ShouldBeOk().PropertyNames().ShouldNotContain("clientSessionSecret", StringComparer.Ordinal);
        (await device.AskAsync(HttpMethod.Get, $"/payment-intents/public/{Unknown}")).ShouldBeProblem(404);
        (await Client.DeletePaymentAsync(id)).ShouldBeOk();
        (await device.AskAsync(HttpMethod.Get, $"/payment-intents/public/{id}")).ShouldBeProblem(404);
        (await device.AskAsync(HttpMethod.Post, $"/payment-intents/public/{id}/refresh-client-session-secret")).ShouldBeProblem(400);
    }

    [Fact]
    public async Task A_client_session_secret_is_renewed_before_the_payment_alone()
    {
        var created = (await Client.PrepareAsync(new APayment(SetupIntentId: null))).ShouldBeOk();

        var renewed = (await PostAsync(created["id"], "refresh-client-session-secret", "")).ShouldBeOk();

        renewed["clientSessionSecret"].Length.ShouldBe(160);
        string.Equals(renewed["clientSessionSecret"], created["clientSessionSecret"], StringComparison.Ordinal).ShouldBeFalse();
        (await Client.PayAsync(created["id"])).ShouldBeCharged("Successful", "DEPOSITED");
        (await PostAsync(created["id"], "refresh-client-session-secret", "")).ShouldBeProblem(400);
        (await PostAsync(Unknown, "refresh-client-session-secret", "")).ShouldBeProblem(404);
    }

    [Fact]
    public async Task A_receipt_is_written_once_money_was_taken_and_read_by_who_sends_it()
    {
        var id = await CreatedAsync(Adjustable);
        (await PostAsync(id, "receipt", """{"emails":["a@example.com"]}""")).ShouldBeProblem(400);
        await PostAsync(id, "tips-amount", """{"tipsAmount":{"value":501,"currencyCode":"GBP"}}""");
        (await Client.PayAsync(id)).ShouldBeCharged("Successful", "DEPOSITED");

        (await PostAsync(id, "receipt", """{"emails":["a@example.com","b@example.com"]}""")).Status.ShouldBe(HttpStatusCode.NoContent);

        var receipt = (await Client.AskAsync(HttpMethod.Get, $"/payment-intents/{id}/receipts")).Json.EnumerateArray().ShouldHaveSingleItem();
        receipt.GetProperty("emails").EnumerateArray().Select(email => email.GetString()).ShouldBe(["a@example.com", "b@example.com"]);
        receipt.GetProperty("text").GetString()!.ShouldStartWith("Receipt: Booking 4711\nAmount: 19.99 GBP\nTip: 5.01 GBP\nTotal: 25.00 GBP\nCard: Mastercard ending in 1005\nDate: ");
        (await PostAsync(Unknown, "receipt", """{"emails":["a@example.com"]}""")).ShouldBeProblem(404);
        (await Client.AskAsync(HttpMethod.Get, $"/payment-intents/{Unknown}/receipts")).ShouldBeProblem(404);
        Portal.Clock.Advance(TimeSpan.FromDays(31));
        await Portal.KeepHouseAsync();
        (await Client.AskAsync(HttpMethod.Get, $"/payment-intents/{id}/receipts")).Body.ShouldBe("[]");
    }

    [Theory]
    [InlineData("""{"emails":[]}""")]
    [InlineData("{}")]
    [InlineData("""{"emails":"a@example.com"}""")]
    [InlineData("""{"emails":["nobody"]}""")]
    [InlineData("""{"emails":["a@example.com,b@example.com"]}""")]
    [InlineData("""{"emails":["a@example.com\\nBcc: b@example.com"]}""")]
    [InlineData("""{"emails":["5200000000001005@example.com"]}""")]
    public async Task Only_addresses_are_taken_for_a_receipt(string body) => (await PostAsync(Unknown, "receipt", body)).ShouldBeInvalid("Emails");

    [Fact]
    public async Task A_search_finds_by_status_and_time_and_pages_in_both_directions()
    {
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            ids.Insert(0, await CreatedAsync(Adjustable));
            await Client.AdvanceAsync("PT1S");
        }

        (await Client.PayAsync(ids[1])).ShouldBeCharged("Successful", "DEPOSITED");
        (await Client.DeletePaymentAsync(ids[3])).ShouldBeOk();

        var first = await SearchAsync("""{"cursor":{"limit":2}}""");
        IdsIn(first).ShouldBe(ids[..2]);
        var second = await SearchAsync($$$"""{"cursor":{"limit":2,"after":"{{{first["after"]}}}","before":null}}""");
        IdsIn(second).ShouldBe(ids[2..4]);
        var third = await SearchAsync($$$"""{"cursor":{"limit":2,"after":"{{{second["after"]}}}"}}""");
        IdsIn(third).ShouldBe(ids[4..]);
        third.PropertyNames().ShouldNotContain("after", StringComparer.Ordinal);
        IdsIn(await SearchAsync($$$"""{"cursor":{"limit":2,"before":"{{{third["before"]}}}"}}""")).ShouldBe(ids[2..4]);

        IdsIn(await SearchAsync("""{"statuses":["captured","Canceled"]}""")).ShouldBe([ids[1], ids[3]]);
        IdsIn(await SearchAsync("""{"statuses":[]}""")).ShouldBe(ids);
        var at = first.Json.GetProperty("data")[1].GetProperty("createdAt").GetString();
        IdsIn(await SearchAsync($$"""{"startDate":"{{at}}"}""")).ShouldBe(ids[..2]);
        IdsIn(await SearchAsync($$"""{"startDate":"{{at}}","endDate":"{{at}}"}""")).ShouldBe([ids[1]]);
        await Client.AdvanceAsync("P31D");
        IdsIn(await SearchAsync("""{"statuses":["Created"]}""")).ShouldBeEmpty();
        IdsIn(await SearchAsync("""{"statuses":["Canceled"]}""")).ShouldBe([ids[0], ids[2], ids[3], ids[4]]);
    }

    [Theory]
    [InlineData("""{"statuses":["Paid"]}""", "Statuses")]
    [InlineData("""{"statuses":"Created"}""", "Statuses")]
    [InlineData("""{"startDate":"yesterday"}""", "StartDate")]
    [InlineData("""{"startDate":"2026-01-02T00:00:00Z","endDate":"2026-01-01T00:00:00Z"}""", "EndDate")]
    [InlineData("""{"cursor":{"limit":101}}""", "Cursor.Limit")]
    [InlineData("""{"cursor":{"before":"a","after":"b"}}""", "Cursor.Before")]
    [InlineData("""{"cursor":{"after":"nothing"}}""", "Cursor.After")]
    [InlineData("""{"cursor":{"page":1}}""", "Cursor")]
    [InlineData("""{"limit":1}""", "Body")]
    public async Task A_search_that_breaks_a_rule_is_told(string body, string field) =>
        (await Client.AskAsync(HttpMethod.Post, "/payment-intents/search", Encoding.UTF8.GetBytes(body))).ShouldBeInvalid(field);

    [Fact]
    public async Task Another_location_finds_and_changes_nothing()
    {
        var id = await CreatedAsync(Adjustable);
        using var other = await Portal.StrangerAsync();

        IdsIn(await other.AskAsync(HttpMethod.Post, "/payment-intents/search", "{}"u8.ToArray())).ShouldBeEmpty();
        foreach (var (operation, body) in new[]
        {
            ("amount", """{"amount":{"value":1,"currencyCode":"GBP"}}"""), ("tips-amount", """{"tipsAmount":{"value":1,"currencyCode":"GBP"}}"""),
            ("receipt", """{"emails":["a@example.com"]}"""), ("refresh-client-session-secret", ""),
        })
        {
            (await other.AskAsync(HttpMethod.Post, $"/payment-intents/{id}/{operation}", Encoding.UTF8.GetBytes(body))).ShouldBeProblem(404);
        }

        (await other.AskAsync(HttpMethod.Get, $"/payment-intents/{id}/receipts")).ShouldBeProblem(404);
    }

    [Theory]
    [InlineData("POST", "search", ApiKeyScopes.Read)]
    [InlineData("POST", $"{Unknown}/amount", ApiKeyScopes.Charge)]
    [InlineData("POST", $"{Unknown}/tips-amount", ApiKeyScopes.Charge)]
    [InlineData("POST", $"{Unknown}/receipt", ApiKeyScopes.Charge)]
    [InlineData("POST", $"{Unknown}/refresh-client-session-secret", ApiKeyScopes.Charge)]
    [InlineData("GET", $"{Unknown}/receipts", ApiKeyScopes.Read)]
    public async Task A_key_without_the_scope_is_refused(string method, string path, ApiKeyScopes needed)
    {
        using var client = Portal.ClientOf((await Portal.CreateKeyAsync(scopes: ApiKeyScopes.All & ~needed)).Secret);

        (await client.AskAsync(new HttpMethod(method), $"/payment-intents/{path}", "{}"u8.ToArray())).ShouldBeProblem(403);
    }

    private static long ValueOf(ApiAnswer answer, string member) => answer.Json.GetProperty(member).GetProperty("value").GetInt64();

    private static IEnumerable<string?> IdsIn(ApiAnswer answer) => answer.Json.GetProperty("data").EnumerateArray().Select(intent => intent.GetProperty("id").GetString());

    private async Task<string> CreatedAsync(string more) => (await Client.PrepareAsync(new APayment(SetupIntentId: null) { More = more })).ShouldBeOk()["id"];

    private Task<ApiAnswer> PostAsync(string id, string operation, string body) =>
        Client.AskAsync(HttpMethod.Post, $"/payment-intents/{id}/{operation}", Encoding.UTF8.GetBytes(body));

    private async Task<ApiAnswer> SearchAsync(string body)
    {
        var found = await Client.AskAsync(HttpMethod.Post, "/payment-intents/search", Encoding.UTF8.GetBytes(body));
        found.Status.ShouldBe(HttpStatusCode.OK, found.Body);
        return found;
    }
}
