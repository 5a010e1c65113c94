using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.ApiKeys;

namespace Dojo.Pci.Tests.Unit.Api;

/// <summary>The contents of a payment intent, and how each version's answers represent it.</summary>
public sealed class CreatingPaymentIntentsTests(PortalFactory portal) : PaymentIntentCreationTest(portal)
{
    [Theory]
    [InlineData("2023-11-12")]
    [InlineData("2024-02-05")]
    [InlineData("2025-09-10")]
    [InlineData("2026-02-27")]
    public async Task A_payment_intent_has_the_documented_members(string version)
    {
        using var client = ClientOfVersion(version);
        var answer = (await client.PrepareAsync(new APayment(Token) { More = "\"description\":\"A room\",\"cardHolderNotPresent\":true,\"metadata\":{\"b\":\"1\",\"a\":\"2\"}" })).ShouldBeOk();

        answer.PropertyNames().ShouldBe(
            [
                "id", "captureMode", "status", "amount", "totalAmount", "refundedAmount", "createdAt", "updatedAt", "expireAt", "reference", "metadata",
                "setupIntentId", "description", "cardHolderNotPresent", "paymentMethods",
            ],
            ignoreOrder: true);
        answer["id"].ShouldMatch("^pi_sandbox_[A-Za-z0-9_-]{22}$");
        answer["status"].ShouldBe("Created");
        answer["captureMode"].ShouldBe("Auto");
        answer["setupIntentId"].ShouldBe(Token);
        answer["description"].ShouldBe("A room");
        answer.Json.GetProperty("amount").GetRawText().ShouldBe("""{"value":1999,"currencyCode":"GBP"}""");
        answer.Json.GetProperty("totalAmount").GetRawText().ShouldBe("""{"value":1999,"currencyCode":"GBP"}""");
        answer.Json.GetProperty("refundedAmount").GetInt64().ShouldBe(0);
        answer.Json.GetProperty("metadata").GetRawText().ShouldBe("""{"b":"1","a":"2"}""");
        answer["createdAt"].ShouldBe("2026-03-04T09:15:27.123456Z");
        answer["updatedAt"].ShouldBe("2026-03-04T09:15:27.123456Z");
        answer["expireAt"].ShouldBe("2026-04-03T09:15:27.123456Z");
    }

    [Fact]
    public async Task The_first_version_has_events_and_a_flat_card_and_does_not_know_card_holder_not_present()
    {
        using var client = ClientOfVersion("2022-04-07");
        var created = (await client.PrepareAsync(new APayment(Token) { More = "\"cardHolderNotPresent\":true" })).ShouldBeOk();
        created.Json.GetProperty("paymentEvents").GetArrayLength().ShouldBe(0);
        created.PropertyNames().ShouldNotContain("cardHolderNotPresent", StringComparer.Ordinal);
        created.PropertyNames().ShouldNotContain("paymentDetails", StringComparer.Ordinal);

        (await client.ChargeAsync(created["id"])).ShouldBeCharged("Successful", "DEPOSITED");

        var charged = await client.GetPaymentAsync(created["id"]);
        charged["status"].ShouldBe("Captured");
        var captured = charged.Json.GetProperty("paymentEvents").EnumerateArray().ShouldHaveSingleItem();
        captured.GetProperty("eventType").GetString().ShouldBe("Captured");
        var details = charged.Json.GetProperty("paymentDetails");
        details.GetProperty("cardNumber").GetString().ShouldBe("52000000****1005");
        details.GetProperty("expiryDate").GetString().ShouldNotBeNullOrEmpty();
        details.GetProperty("authCode").GetString().ShouldBe(captured.GetProperty("authCode").GetString());
        details.TryGetProperty("card", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Later_versions_have_no_events_and_a_nested_card()
    {
        var created = (await Client.PrepareAsync(new APayment(Token))).ShouldBeOk();
        (await Client.ChargeAsync(created["id"])).ShouldBeCharged("Successful", "DEPOSITED");

        var charged = await Client.GetPaymentAsync(created["id"]);

        charged.PropertyNames().ShouldNotContain("paymentEvents", StringComparer.Ordinal);
        var details = charged.Json.GetProperty("paymentDetails");
        details.GetProperty("transactionId").GetString().ShouldNotBeNullOrEmpty();
        details.GetProperty("authCode").GetString().ShouldNotBeNullOrEmpty();
        details.GetProperty("card").GetProperty("cardNumber").GetString().ShouldBe("52000000****1005");
        details.GetProperty("card").GetProperty("last4PAN").GetString().ShouldBe("1005");
        details.TryGetProperty("cardNumber", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"value":"1000","currencyCode":"GBP"}""", 1000, "GBP")]
    [InlineData("""{"value":1,"currencyCode":"eur"}""", 1, "EUR")]
    [InlineData("""{"value":999999999999,"currencyCode":"EUR"}""", 999_999_999_999, "EUR")]
    public async Task An_amount_is_given_back_as_a_number(string amount, long value, string currency)
    {
        var answer = (await Client.PrepareAsync(new APayment(Token) { Amount = amount })).ShouldBeOk();

        answer.Json.GetProperty("amount").GetProperty("value").GetInt64().ShouldBe(value);
        answer.Json.GetProperty("amount").GetProperty("currencyCode").GetString().ShouldBe(currency);
    }

    [Fact]
    public async Task What_the_merchant_says_about_it_is_kept_and_given_back()
    {
        const string More = """
            "description":"A \"room\"","customer":{"id":"c1","emailAddress":"a@example.com"},"billingAddress":{"countryCode":"GB"},
            "paymentMethods":["card"],"itemLines":[{"name":"Bed","quantity":"2","amountTotal":{"value":"5","currencyCode":"gbp"}}]
            """;
        var created = (await Client.PrepareAsync(new APayment(Token) { More = More })).ShouldBeOk();

        var read = await Client.GetPaymentAsync(created["id"]);

        read.Body.ShouldBe(created.Body);
        read["description"].ShouldBe("A \"room\"");
        read.Json.GetProperty("customer").GetRawText().ShouldBe("""{"id":"c1","emailAddress":"a@example.com"}""");
        read.Json.GetProperty("paymentMethods").GetRawText().ShouldBe("""["Card"]""");
        read.Json.GetProperty("itemLines").GetRawText().ShouldBe("""[{"name":"Bed","quantity":2,"amountTotal":{"value":5,"currencyCode":"GBP"}}]""");
    }

    [Fact]
    public async Task The_order_is_given_back_but_not_in_the_first_version_which_does_not_know_it()
    {
        const string Order = """{"availabilityDate":"2026-03-05T10:00:00Z","isUpdate":false,"id":"o1","externalId":"till-7"}""";
        var created = (await Client.PrepareAsync(new APayment(Token) { More = $"\"orderDetails\":{Order}" })).ShouldBeOk();
        using var first = ClientOfVersion("2022-04-07");

        created.Json.GetProperty("orderDetails").GetRawText().ShouldBe(Order);
        (await first.GetPaymentAsync(created["id"])).ShouldBeOk().PropertyNames().ShouldNotContain("orderDetails", StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    [InlineData("null")]
    public async Task Whether_it_is_for_a_checkout_page_is_of_no_effect(string value) =>
        (await Client.PrepareAsync(new APayment(Token) { More = $"\"isNotOnlineCheckout\":{value}" })).ShouldBeOk()
            .PropertyNames().ShouldNotContain("isNotOnlineCheckout", StringComparer.Ordinal);

    [Fact]
    public async Task Capture_is_automatic_or_manual_and_what_belongs_to_manual_is_given_back_with_it()
    {
        const string Expiry = "\"autoExpireIn\":\"01.02:03:04\",\"autoExpireAction\":\"capture\"";
        var automatic = (await Client.PrepareAsync(new APayment(Token) { More = $"\"captureMode\":\"auto\",{Expiry}" })).ShouldBeOk();
        var manual = (await Client.PrepareAsync(new APayment(Token) { More = $"\"captureMode\":\"Manual\",{Expiry}" })).ShouldBeOk();

        automatic["captureMode"].ShouldBe("Auto");
        automatic.PropertyNames().ShouldNotContain("autoExpireIn", StringComparer.Ordinal);
        (manual["captureMode"], manual["autoExpireIn"], manual["autoExpireAction"]).ShouldBe(("Manual", "1.02:03:04", "Capture"));
        (await Client.GetPaymentAsync(manual["id"])).ShouldBeOk().Body.ShouldBe(manual.Body);
    }

    [Fact]
    public async Task Tip_and_service_charge_are_charged_besides_the_amount()
    {
        const string More = "\"tipsAmount\":{\"value\":\"101\",\"currencyCode\":\"gbp\"},\"serviceChargeAmount\":{\"value\":200,\"currencyCode\":\"GBP\"}";
        var created = (await Client.PrepareAsync(new APayment(Token) { More = More })).ShouldBeOk();

        created.Json.GetProperty("amount").GetProperty("value").GetInt64().ShouldBe(1999);
        created.Json.GetProperty("tipsAmount").GetRawText().ShouldBe("""{"value":101,"currencyCode":"GBP"}""");
        created.Json.GetProperty("serviceChargeAmount").GetRawText().ShouldBe("""{"value":200,"currencyCode":"GBP"}""");
        created.Json.GetProperty("totalAmount").GetRawText().ShouldBe("""{"value":2300,"currencyCode":"GBP"}""");
        using var first = ClientOfVersion("2022-04-07");
        (await first.GetPaymentAsync(created["id"])).ShouldBeOk().PropertyNames().ShouldNotContain("serviceChargeAmount", StringComparer.Ordinal);
    }

    [Fact]
    public async Task An_end_in_the_future_is_taken() =>
        (await Client.PrepareAsync(new APayment(Token) { More = "\"expireAt\":\"2026-03-04T10:15:28+01:00\"" })).ShouldBeOk()["expireAt"].ShouldBe("2026-03-04T09:15:28Z");

    [Fact]
    public async Task A_key_without_the_scope_to_charge_reads_but_changes_nothing()
    {
        var payment = await Client.PreparedAsync(Token);
        using var reader = Portal.ClientOf((await Portal.CreateKeyAsync(scopes: ApiKeyScopes.Read | ApiKeyScopes.Tokenize)).Secret);

        (await reader.PrepareAsync(new APayment(Token))).ShouldBeProblem(403);
        (await reader.ChargeAsync(payment)).ShouldBeProblem(403);
        (await reader.DeletePaymentAsync(payment)).ShouldBeProblem(403);
        (await reader.GetPaymentAsync(payment)).ShouldBeOk()["status"].ShouldBe("Created");
    }

    [Fact]
    public async Task A_key_without_the_scope_to_read_charges_but_reads_nothing()
    {
        using var cashier = Portal.ClientOf((await Portal.CreateKeyAsync(scopes: ApiKeyScopes.Charge)).Secret);
        var payment = await cashier.PreparedAsync(Token);

        (await cashier.GetPaymentAsync(payment)).ShouldBeProblem(403);
        (await cashier.ChargeAsync(payment)).ShouldBeCharged("Successful", "DEPOSITED");
    }
}
