using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dojo.Pci.Tests.Unit.Harness;

namespace Dojo.Pci.Tests.Unit.Api;

/// <summary>Dojo's ordinary create operation: terms without a card, which the customer enters later.</summary>
public sealed class OrdinarySetupIntentsTests(PortalFactory portal) : IClassFixture<PortalFactory>
{
    private const string Kept = """
        {
          "customer": { "id": "cust_1", "emailAddress": "guest@example.com", "phoneNumber": "+44 20 7946 0000" },
          "billingAddress": { "address1": "1 High Street", "city": "London", "postcode": "N1 9GU", "countryCode": "GB" },
          "shippingDetails": { "name": "A. Guest", "deliveryNotes": "Ring twice", "address": { "address1": "2 Low Street", "countryCode": "GB" } },
          "config": { "title": "A title", "redirectUrl": "https://example.com/back", "customerEmail": { "collectionRequired": true }, "payment": { "tipsAllowed": false } },
          "paymentMethods": ["Card", "Wallet"]
        }
        """;

    [Fact]
    public async Task It_is_created_with_a_client_session_secret_and_every_member_comes_back_as_it_was_sent()
    {
        var kept = JsonNode.Parse(Kept)!.AsObject();
        var answer = (await portal.TokenizeAsync(Body(body =>
        {
            foreach (var (name, value) in kept)
            {
                body[name] = value!.DeepClone();
            }

            body["description"] = "Table for twelve";
            body["intendedAmount"] = JsonNode.Parse("""{"value":"1000","currencyCode":"GBP"}""");
            body["expireAt"] = "2026-03-05T12:00:00+02:00";
            body["captureMode"] = "Auto";
            body["orderDetails"] = JsonNode.Parse("""{"id":"order 1","isUpdate":false,"availabilityDate":"2026-03-05T12:00:00Z"}""");
        }))).ShouldBeOk();

        answer["status"].ShouldBe("Created");
        answer["terms"].ShouldBe("I agree.");
        answer["merchantInitiatedTransactionType"].ShouldBe("NoShow");
        answer["expireAt"].ShouldBe("2026-03-05T10:00:00Z");
        answer.At("intendedAmount").GetRawText().ShouldBe("""{"value":1000,"currencyCode":"GBP"}""");
        answer.At("setupEvents").GetArrayLength().ShouldBe(0);
        answer["clientSessionSecret"].ShouldMatch("^[A-Za-z0-9_-]{158}==$");
        answer["clientSessionSecretExpirationDate"].ShouldBe(portal.Clock.GetUtcNow().AddMinutes(30).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"));
        foreach (var (name, value) in kept)
        {
            JsonNode.DeepEquals(JsonNode.Parse(answer.At(name).GetRawText()), value).ShouldBeTrue(name);
        }

        answer.Json.TryGetProperty("captureMode", out _).ShouldBeFalse();
        answer.Json.TryGetProperty("orderDetails", out _).ShouldBeFalse();
        using var client = portal.SandboxClient();
        var read = (await client.GetIntentAsync(answer["id"])).ShouldBeOk();
        foreach (var name in read.PropertyNames())
        {
            read.At(name).GetRawText().ShouldBe(answer.At(name).GetRawText(), name);
        }

        answer.PropertyNames().Except(read.PropertyNames(), StringComparer.Ordinal).ToArray().ShouldBe(["clientSessionSecret", "clientSessionSecretExpirationDate"]);
    }

    [Fact]
    public async Task A_replay_gives_the_same_secret_which_is_in_no_file()
    {
        var body = Body();
        var key = Guid.NewGuid().ToString();
        var first = (await portal.TokenizeAsync(body, ("idempotencyKey", key))).ShouldBeOk();
        portal.Clock.Advance(TimeSpan.FromMinutes(5));

        var second = (await portal.TokenizeAsync(body, ("idempotencyKey", key))).ShouldBeOk();

        second.Body.ShouldBe(first.Body);
        var secret = first["clientSessionSecret"];
        portal.FilesContain(Encoding.ASCII.GetBytes(secret)).ShouldBeFalse();
        portal.FilesContain(Convert.FromBase64String(secret.Replace('-', '+').Replace('_', '/'))).ShouldBeFalse();
        portal.FilesContain(Encoding.UTF8.GetBytes(first["terms"])).ShouldBeTrue("else nothing was looked at");
        (await portal.TokenizeAsync(Body(other => other["terms"] = "I agree to more."), ("idempotencyKey", key))).ShouldBeProblem(409);
        (await portal.TokenizeAsync(Body(other => other["customer"] = new JsonObject { ["id"] = "x" }), ("idempotencyKey", key))).ShouldBeProblem(409);
    }

    [Fact]
    public async Task A_replay_after_a_refresh_gives_the_first_secret_and_its_expiry()
    {
        var body = Body();
        var key = Guid.NewGuid().ToString();
        var first = (await portal.TokenizeAsync(body, ("idempotencyKey", key))).ShouldBeOk();
        portal.Clock.Advance(TimeSpan.FromMinutes(5));
        using var client = portal.SandboxClient();
        var refreshed = (await client.RefreshAsync(first["id"])).ShouldBeOk();
        refreshed["clientSessionSecret"].ShouldNotBe(first["clientSessionSecret"], StringComparer.Ordinal);
        refreshed["clientSessionSecretExpirationDate"].ShouldNotBe(first["clientSessionSecretExpirationDate"], StringComparer.Ordinal);

        (await portal.TokenizeAsync(body, ("idempotencyKey", key))).ShouldBeOk().Body.ShouldBe(first.Body);
    }

    [Theory]
    [InlineData("terms", "Terms")]
    [InlineData("merchantInitiatedTransactionType", "MerchantInitiatedTransactionType")]
    [InlineData("reference", "Reference")]
    public async Task What_it_needs_it_needs(string member, string field) =>
        (await portal.TokenizeAsync(Body(body => body.Remove(member)))).ShouldBeInvalid(field);

    [Theory]
    [InlineData("NoShow", true)]
    [InlineData("Unscheduled", true)]
    [InlineData("Recurring", false)]
    [InlineData("", false)]
    public async Task There_are_two_types_of_transactions(string type, bool isGood)
    {
        var answer = await portal.TokenizeAsync(Body(body => body["merchantInitiatedTransactionType"] = type));

        _ = isGood ? answer.ShouldBeOk() : answer.ShouldBeInvalid("MerchantInitiatedTransactionType");
    }

    [Theory]
    [InlineData("2026-03-04T09:15:27.123456Z")]
    [InlineData("2020-01-01T00:00:00Z")]
    public async Task An_expireAt_that_is_not_in_the_future_is_refused(string expireAt)
    {
        await using var own = await PortalFactory.StartAsync();

        (await own.TokenizeAsync(Body(body => body["expireAt"] = expireAt))).ShouldBeInvalid("ExpireAt");
        (await own.TokenizeAsync(Body(body => body["expireAt"] = "2026-03-04T09:15:27.123457Z"))).ShouldBeOk()["expireAt"].ShouldBe("2026-03-04T09:15:27.123457Z");
        (await own.CountSetupIntentsAsync()).ShouldBe(1);
    }

    [Theory]
    [InlineData("\"tomorrow\"")]
    [InlineData("5")]
    [InlineData("\"2026-02-30T00:00:00Z\"")]
    public async Task An_expireAt_that_is_no_instant_is_refused(string json) =>
        (await portal.TokenizeAsync(Body(body => body["expireAt"] = JsonNode.Parse(json)))).ShouldBeInvalid("ExpireAt");

    [Theory]
    [InlineData("""{"value":0,"currencyCode":"GBP"}""", "0")]
    [InlineData("""{"value":999999999999,"currencyCode":"EUR"}""", "999999999999")]
    [InlineData("""{"value":"999999999999","currencyCode":"eur"}""", "999999999999")]
    public async Task Amounts_up_to_the_limit_are_taken_as_numbers_and_as_digits(string json, string value) =>
        (await portal.TokenizeAsync(Body(body => body["intendedAmount"] = JsonNode.Parse(json)))).ShouldBeOk().At("intendedAmount", "value").GetRawText().ShouldBe(value);

    [Theory]
    [InlineData("""{"value":-1,"currencyCode":"GBP"}""", "IntendedAmount.Value")]
    [InlineData("""{"value":1000000000000,"currencyCode":"GBP"}""", "IntendedAmount.Value")]
    [InlineData("""{"value":"1000000000000","currencyCode":"GBP"}""", "IntendedAmount.Value")]
    [InlineData("""{"value":1.5,"currencyCode":"GBP"}""", "IntendedAmount.Value")]
    [InlineData("""{"value":"1.5","currencyCode":"GBP"}""", "IntendedAmount.Value")]
    [InlineData("""{"value":"+1","currencyCode":"GBP"}""", "IntendedAmount.Value")]
    [InlineData("""{"value":"","currencyCode":"GBP"}""", "IntendedAmount.Value")]
    [InlineData("""{"value":true,"currencyCode":"GBP"}""", "IntendedAmount.Value")]
    [InlineData("""{"value":1,"currencyCode":"USD"}""", "IntendedAmount.CurrencyCode")]
    [InlineData("""{"value":1}""", "IntendedAmount.CurrencyCode")]
    [InlineData("""{"currencyCode":"GBP"}""", "IntendedAmount.Value")]
    [InlineData("""{"value":null,"currencyCode":"GBP"}""", "IntendedAmount.Value")]
    [InlineData("""{"value":1,"currencyCode":null}""", "IntendedAmount.CurrencyCode")]
    [InlineData("""{"value":1,"currencyCode":"GBP","more":1}""", "IntendedAmount")]
    [InlineData("""5""", "IntendedAmount")]
    public async Task Other_amounts_are_refused(string json, string field) =>
        (await portal.TokenizeAsync(Body(body => body["intendedAmount"] = JsonNode.Parse(json)))).ShouldBeInvalid(field);

    public static TheoryData<string, int> Limits() => new()
    {
        { "terms", 10240 },
        { "description", 4096 },
        { "customer.id", 100 },
        { "customer.emailAddress", 254 },
        { "customer.phoneNumber", 50 },
        { "billingAddress.address1", 100 },
        { "billingAddress.address4", 100 },
        { "billingAddress.city", 100 },
        { "billingAddress.postcode", 50 },
        { "billingAddress.countryCode", 10 },
        { "shippingDetails.name", 100 },
        { "shippingDetails.deliveryNotes", 1024 },
        { "shippingDetails.address.state", 100 },
        { "config.title", 100 },
        { "config.redirectUrl", 2048 },
        { "config.cancelUrl", 2048 },
        { "orderDetails.id", 100 },
        { "orderDetails.externalId", 100 },
    };

    [Theory]
    [MemberData(nameof(Limits))]
    public async Task Texts_are_taken_up_to_their_limit_and_no_further(string path, int limit)
    {
        var start = path.EndsWith("Url", StringComparison.Ordinal) ? "https://example.com/" : "";
        var (longest, tooLong) = (start + new string('é', limit - start.Length), start + new string('é', limit - start.Length + 1));

        (await portal.TokenizeAsync(With(path, longest))).ShouldBeOk();
        (await portal.TokenizeAsync(With(path, tooLong))).ShouldBeInvalid(FieldOf(path));
    }

    [Theory]
    [MemberData(nameof(Limits))]
    public async Task A_card_number_in_any_text_is_refused_and_not_repeated(string path, int limit)
    {
        var number = CardNumbers.Unlisted();
        limit.ShouldBeGreaterThan(5, "a card number that is too long for its place is looked for too");
        var text = path.EndsWith("Url", StringComparison.Ordinal) ? $"https://example.com/{number}" : number;

        var refused = (await portal.TokenizeAsync(With(path, text))).ShouldBeInvalid(FieldOf(path));

        refused.Everything.ShouldNotContain(number);
        portal.Log.Text.ShouldNotContain(number);
    }

    [Theory]
    [InlineData("customer", """{"name":"x"}""", "Customer")]
    [InlineData("customer", """{"id":"a","id":"b"}""", "Customer")]
    [InlineData("customer", "[]", "Customer")]
    [InlineData("customer", """{"id":5}""", "Customer.Id")]
    [InlineData("billingAddress", """{"countryCode":"GB","street":"x"}""", "BillingAddress")]
    [InlineData("billingAddress", """{"city":"London"}""", "BillingAddress.CountryCode")]
    [InlineData("billingAddress", """{"countryCode":null}""", "BillingAddress.CountryCode")]
    [InlineData("shippingDetails", """{"address":{"city":"London"}}""", "ShippingDetails.Address.CountryCode")]
    [InlineData("shippingDetails", """{"address":{"countryCode":"GB","cvv":"123"}}""", "ShippingDetails.Address")]
    [InlineData("config", """{"customerEmail":{"collectionRequired":"yes"}}""", "Config.CustomerEmail.CollectionRequired")]
    [InlineData("config", """{"branding":{}}""", "Config")]
    [InlineData("config", """{"redirectUrl":"back"}""", "Config.RedirectUrl")]
    [InlineData("config", """{"redirectUrl":"/back"}""", "Config.RedirectUrl")]
    [InlineData("config", """{"cancelUrl":""}""", "Config.CancelUrl")]
    [InlineData("paymentMethods", """["Cash"]""", "PaymentMethods")]
    [InlineData("paymentMethods", "\"Card\"", "PaymentMethods")]
    [InlineData("captureMode", "\"Later\"", "CaptureMode")]
    [InlineData("orderDetails", """{"unknown":1}""", "OrderDetails")]
    [InlineData("orderDetails", """{"availabilityDate":"soon"}""", "OrderDetails.AvailabilityDate")]
    public async Task A_member_that_has_not_its_shape_is_refused(string member, string json, string field) =>
        (await portal.TokenizeAsync($$"""{"reference":"r","terms":"t","merchantInitiatedTransactionType":"NoShow","{{member}}":{{json}}}""")).ShouldBeInvalid(field);

    [Fact]
    public async Task Of_a_made_up_member_a_plain_name_is_repeated_and_nothing_else()
    {
        var plain = await portal.TokenizeAsync(Body(body => body["customer"] = new JsonObject { ["madeUp"] = "canaryValue" }));
        var other = await portal.TokenizeAsync(Body(body => body["customer"] = new JsonObject { ["canary1"] = "canaryValue" }));

        plain.ShouldBeInvalid("Customer").ErrorsOf("Customer").ShouldBe(["The Customer field has the property madeUp, which it may not have."]);
        (plain.Everything + other.ShouldBeInvalid("Customer").Everything).ShouldNotContain("canary");
    }

    [Fact]
    public async Task Unless_said_otherwise_a_card_is_what_is_paid_with()
    {
        (await portal.TokenizeAsync(Body())).ShouldBeOk().At("paymentMethods").GetRawText().ShouldBe("[\"Card\"]");
    }

    [Fact]
    public async Task A_card_may_come_with_all_of_it_and_is_answered_with_the_seven_members()
    {
        var answer = (await portal.TokenizeAsync(Body(body =>
        {
            body["cardNumber"] = ACard.Approved;
            body["expiryDate"] = "12/29";
            body["customer"] = new JsonObject { ["id"] = "cust_1" };
        }))).ShouldBeOk();

        answer.PropertyNames().ShouldBe(["id", "status", "createdAt", "updatedAt", "reference"]);
        using var client = portal.SandboxClient();
        var read = (await client.GetIntentAsync(answer["id"])).ShouldBeOk();
        read["merchantInitiatedTransactionType"].ShouldBe("NoShow");
        read["terms"].ShouldBe("I agree.");
        read.At("customer", "id").GetString().ShouldBe("cust_1");
    }

    private static string Body(Action<JsonObject>? change = null)
    {
        var body = new JsonObject { ["reference"] = "Booking 4711", ["terms"] = "I agree.", ["merchantInitiatedTransactionType"] = "NoShow" };
        change?.Invoke(body);
        return body.ToJsonString();
    }

    /// <summary>Returns a valid body with a text at a path, and the members that this requires.</summary>
    private static string With(string path, string text) => Body(body =>
    {
        var names = path.Split('.');
        var parent = body;
        foreach (var name in names[..^1])
        {
            var child = name is "billingAddress" or "address" ? new JsonObject { ["countryCode"] = "GB" } : [];
            parent[name] = child;
            parent = child;
        }

        parent[names[^1]] = text;
    });

    private static string FieldOf(string path) => string.Join('.', path.Split('.').Select(name => char.ToUpperInvariant(name[0]) + name[1..]));
}
