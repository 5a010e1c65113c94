using System.Globalization;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.ApiKeys;

namespace Dojo.Pci.Tests.Unit.Api;

public sealed class CreatingPaymentIntentsTests(PortalFactory portal) : IClassFixture<PortalFactory>, IAsyncLifetime
{
    private readonly HttpClient _client = portal.SandboxClient();
    private string _token = null!;

    public async ValueTask InitializeAsync() => _token = await _client.TokenOfAsync();

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("2023-11-12")]
    [InlineData("2024-02-05")]
    [InlineData("2025-09-10")]
    [InlineData("2026-02-27")]
    public async Task A_payment_intent_has_the_documented_members(string version)
    {
        using var client = ClientOfVersion(version);
        var answer = (await client.PrepareAsync(new APayment(_token) { More = "\"description\":\"A room\",\"cardHolderNotPresent\":true,\"metadata\":{\"b\":\"1\",\"a\":\"2\"}" })).ShouldBeOk();

        answer.PropertyNames().ShouldBe(
            [
                "id", "captureMode", "status", "amount", "totalAmount", "refundedAmount", "createdAt", "updatedAt", "expireAt", "reference", "metadata",
                "setupIntentId", "description", "cardHolderNotPresent", "paymentMethods",
            ],
            ignoreOrder: true);
        answer["id"].ShouldMatch("^pi_sandbox_[A-Za-z0-9_-]{22}$");
        answer["status"].ShouldBe("Created");
        answer["captureMode"].ShouldBe("Auto");
        answer["setupIntentId"].ShouldBe(_token);
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
        var created = (await client.PrepareAsync(new APayment(_token) { More = "\"cardHolderNotPresent\":true" })).ShouldBeOk();
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
        var created = (await _client.PrepareAsync(new APayment(_token))).ShouldBeOk();
        (await _client.ChargeAsync(created["id"])).ShouldBeCharged("Successful", "DEPOSITED");

        var charged = await _client.GetPaymentAsync(created["id"]);

        charged.PropertyNames().ShouldNotContain("paymentEvents", StringComparer.Ordinal);
        var details = charged.Json.GetProperty("paymentDetails");
        details.GetProperty("transactionId").GetString().ShouldNotBeNullOrEmpty();
        details.GetProperty("authCode").GetString().ShouldNotBeNullOrEmpty();
        details.GetProperty("card").GetProperty("cardNumber").GetString().ShouldBe("52000000****1005");
        details.GetProperty("card").GetProperty("last4PAN").GetString().ShouldBe("1005");
        details.TryGetProperty("cardNumber", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Amount_and_reference_are_required()
    {
        var answer = await _client.PrepareAsync(new APayment(SetupIntentId: null) { Amount = null, Reference = null });

        answer.ShouldBeProblem(400);
        answer.InvalidFields().ShouldBe(["Reference", "Amount"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("""{"value":"1000","currencyCode":"GBP"}""", 1000, "GBP")]
    [InlineData("""{"value":1,"currencyCode":"eur"}""", 1, "EUR")]
    [InlineData("""{"value":999999999999,"currencyCode":"EUR"}""", 999_999_999_999, "EUR")]
    public async Task An_amount_is_given_back_as_a_number(string amount, long value, string currency)
    {
        var answer = (await _client.PrepareAsync(new APayment(_token) { Amount = amount })).ShouldBeOk();

        answer.Json.GetProperty("amount").GetProperty("value").GetInt64().ShouldBe(value);
        answer.Json.GetProperty("amount").GetProperty("currencyCode").GetString().ShouldBe(currency);
    }

    [Theory]
    [InlineData("""{"value":0,"currencyCode":"GBP"}""", "Amount")]
    [InlineData("""{"value":"0","currencyCode":"GBP"}""", "Amount")]
    [InlineData("""{"value":-1,"currencyCode":"GBP"}""", "Amount.Value")]
    [InlineData("""{"value":19.99,"currencyCode":"GBP"}""", "Amount.Value")]
    [InlineData("""{"value":"-1","currencyCode":"GBP"}""", "Amount.Value")]
    [InlineData("""{"value":1000000000000,"currencyCode":"GBP"}""", "Amount.Value")]
    [InlineData("""{"value":1,"currencyCode":"USD"}""", "Amount.CurrencyCode")]
    [InlineData("""{"value":1}""", "Amount.CurrencyCode")]
    [InlineData("""{"currencyCode":"GBP"}""", "Amount.Value")]
    [InlineData("1999", "Amount")]
    [InlineData("null", "Amount")]
    public async Task An_amount_that_cannot_be_charged_is_refused(string amount, string field) =>
        (await _client.PrepareAsync(new APayment(_token) { Amount = amount })).ShouldBeInvalid(field);

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("1234567890123456789012345678901234567890123456789012345678901")]
    public async Task A_reference_has_1_to_60_characters(string reference)
    {
        // Letters between the digits, lest it be taken for a card number.
        (await _client.PrepareAsync(new APayment(_token) { Reference = reference.Replace("5", "x", StringComparison.Ordinal) })).ShouldBeInvalid("Reference");
        (await _client.PrepareAsync(new APayment(_token) { Reference = new string('x', 60) })).ShouldBeOk();
    }

    [Theory]
    [InlineData("x")]
    [InlineData("si_sandbox_AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("si_prod_AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("")]
    public async Task A_token_that_is_none_is_refused_by_its_field(string token) =>
        (await _client.PrepareAsync(new APayment(token))).ShouldBeInvalid("SetupIntentId");

    [Fact]
    public async Task A_token_spelled_otherwise_is_none()
    {
        (await _client.PrepareAsync(new APayment(_token.Replace("si_", "pi_", StringComparison.Ordinal)))).ShouldBeInvalid("SetupIntentId");
        (await _client.PrepareAsync(new APayment(_token["si_sandbox_".Length..]))).ShouldBeInvalid("SetupIntentId");
        (await _client.PrepareAsync(new APayment(_token + "A"))).ShouldBeInvalid("SetupIntentId");
    }

    [Fact]
    public async Task A_token_of_another_location_or_environment_is_refused_as_an_unknown_one_is()
    {
        using var stranger = await portal.StrangerAsync();
        using var production = portal.ProductionClient();
        var unknown = await _client.PrepareAsync(new APayment("si_sandbox_AAAAAAAAAAAAAAAAAAAAAA"));

        var theirs = (await _client.PrepareAsync(new APayment(await stranger.TokenOfAsync()))).ShouldBeInvalid("SetupIntentId");
        theirs.BodyWithoutTraceId().ShouldBe(unknown.BodyWithoutTraceId());
        (await production.PrepareAsync(new APayment(_token))).ShouldBeInvalid("SetupIntentId").BodyWithoutTraceId().ShouldBe(unknown.BodyWithoutTraceId());
    }

    [Theory]
    [InlineData("\"description\":\"{0}\"", "Description")]
    [InlineData("\"metadata\":{{\"k\":\"{0}\"}}", "Metadata")]
    [InlineData("\"metadata\":{{\"{0}\":\"v\"}}", "Metadata")]
    [InlineData("\"customer\":{{\"id\":\"{0}\"}}", "Customer.Id")]
    [InlineData("\"shippingDetails\":{{\"deliveryNotes\":\"{0}\"}}", "ShippingDetails.DeliveryNotes")]
    [InlineData("\"itemLines\":[{{\"name\":\"{0}\",\"amountTotal\":{{\"value\":1,\"currencyCode\":\"GBP\"}}}}]", "ItemLines.Name")]
    public async Task A_card_number_in_any_text_is_refused_and_not_repeated(string member, string field)
    {
        var more = string.Format(CultureInfo.InvariantCulture, member, ACard.Approved);

        var answer = (await _client.PrepareAsync(new APayment(_token) { More = more })).ShouldBeInvalid(field);

        answer.Everything.ShouldNotContain(ACard.Approved);
    }

    [Fact]
    public async Task A_card_number_in_place_of_reference_or_token_is_refused_and_not_repeated()
    {
        var reference = (await _client.PrepareAsync(new APayment(_token) { Reference = ACard.Approved })).ShouldBeInvalid("Reference");
        var token = (await _client.PrepareAsync(new APayment(ACard.Approved))).ShouldBeInvalid("SetupIntentId");

        (reference.Everything + token.Everything).ShouldNotContain(ACard.Approved);
    }

    [Theory]
    [InlineData("\"cvv\":\"123\"")]
    [InlineData("\"cardNumber\":\"5200000000001005\"")]
    [InlineData("\"reference\":\"another\"")]
    public async Task A_member_that_is_unknown_or_sent_twice_is_refused_and_not_repeated(string member)
    {
        var answer = (await _client.PrepareAsync(new APayment(_token) { More = member })).ShouldBeInvalid("Body");

        answer.Everything.ShouldNotContain(member.Split('"')[3 < member.Split('"').Length ? 3 : 1]);
    }

    [Fact]
    public async Task What_the_merchant_says_about_it_is_kept_and_given_back()
    {
        const string More = """
            "description":"A \"room\"","customer":{"id":"c1","emailAddress":"a@example.com"},"billingAddress":{"countryCode":"GB"},
            "paymentMethods":["card"],"itemLines":[{"name":"Bed","quantity":"2","amountTotal":{"value":"5","currencyCode":"gbp"}}]
            """;
        var created = (await _client.PrepareAsync(new APayment(_token) { More = More })).ShouldBeOk();

        var read = await _client.GetPaymentAsync(created["id"]);

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
        var created = (await _client.PrepareAsync(new APayment(_token) { More = $"\"orderDetails\":{Order}" })).ShouldBeOk();
        using var first = ClientOfVersion("2022-04-07");

        created.Json.GetProperty("orderDetails").GetRawText().ShouldBe(Order);
        (await first.GetPaymentAsync(created["id"])).ShouldBeOk().PropertyNames().ShouldNotContain("orderDetails", StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    [InlineData("null")]
    public async Task Whether_it_is_for_a_checkout_page_is_of_no_effect(string value) =>
        (await _client.PrepareAsync(new APayment(_token) { More = $"\"isNotOnlineCheckout\":{value}" })).ShouldBeOk()
            .PropertyNames().ShouldNotContain("isNotOnlineCheckout", StringComparer.Ordinal);

    [Fact]
    public async Task Capture_is_automatic_or_manual_and_what_belongs_to_manual_is_given_back_with_it()
    {
        const string Expiry = "\"autoExpireIn\":\"01.02:03:04\",\"autoExpireAction\":\"capture\"";
        var automatic = (await _client.PrepareAsync(new APayment(_token) { More = $"\"captureMode\":\"auto\",{Expiry}" })).ShouldBeOk();
        var manual = (await _client.PrepareAsync(new APayment(_token) { More = $"\"captureMode\":\"Manual\",{Expiry}" })).ShouldBeOk();

        automatic["captureMode"].ShouldBe("Auto");
        automatic.PropertyNames().ShouldNotContain("autoExpireIn", StringComparer.Ordinal);
        (manual["captureMode"], manual["autoExpireIn"], manual["autoExpireAction"]).ShouldBe(("Manual", "1.02:03:04", "Capture"));
        (await _client.GetPaymentAsync(manual["id"])).ShouldBeOk().Body.ShouldBe(manual.Body);
    }

    [Theory]
    [InlineData("captureMode", "Later", "CaptureMode")]
    [InlineData("autoExpireAction", "Keep", "AutoExpireAction")]
    [InlineData("autoExpireIn", "00:00:30", "AutoExpireIn")]
    [InlineData("autoExpireIn", "7.00:00:00", "AutoExpireIn")]
    [InlineData("autoExpireIn", "-00:01:00", "AutoExpireIn")]
    [InlineData("autoExpireIn", "5", "AutoExpireIn")]
    [InlineData("autoExpireIn", "00:01:00.5", "AutoExpireIn")]
    [InlineData("autoExpireIn", "P1D", "AutoExpireIn")]
    public async Task A_capture_mode_or_time_that_is_none_is_refused(string member, string value, string field) =>
        (await _client.PrepareAsync(new APayment(_token) { More = $"\"{member}\":\"{value}\"" })).ShouldBeInvalid(field);

    [Fact]
    public async Task Tip_and_service_charge_are_charged_besides_the_amount()
    {
        const string More = "\"tipsAmount\":{\"value\":\"101\",\"currencyCode\":\"gbp\"},\"serviceChargeAmount\":{\"value\":200,\"currencyCode\":\"GBP\"}";
        var created = (await _client.PrepareAsync(new APayment(_token) { More = More })).ShouldBeOk();

        created.Json.GetProperty("amount").GetProperty("value").GetInt64().ShouldBe(1999);
        created.Json.GetProperty("tipsAmount").GetRawText().ShouldBe("""{"value":101,"currencyCode":"GBP"}""");
        created.Json.GetProperty("serviceChargeAmount").GetRawText().ShouldBe("""{"value":200,"currencyCode":"GBP"}""");
        created.Json.GetProperty("totalAmount").GetRawText().ShouldBe("""{"value":2300,"currencyCode":"GBP"}""");
        using var first = ClientOfVersion("2022-04-07");
        (await first.GetPaymentAsync(created["id"])).ShouldBeOk().PropertyNames().ShouldNotContain("serviceChargeAmount", StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("tipsAmount", """{"value":1,"currencyCode":"EUR"}""", "TipsAmount.CurrencyCode")]
    [InlineData("serviceChargeAmount", """{"value":1,"currencyCode":"EUR"}""", "ServiceChargeAmount.CurrencyCode")]
    [InlineData("tipsAmount", """{"value":-1,"currencyCode":"GBP"}""", "TipsAmount.Value")]
    [InlineData("tipsAmount", """{"value":999999998001,"currencyCode":"GBP"}""", "Amount")]
    [InlineData("serviceChargeAmount", "1", "ServiceChargeAmount")]
    public async Task A_tip_or_service_charge_that_cannot_be_charged_is_refused(string member, string value, string field) =>
        (await _client.PrepareAsync(new APayment(_token) { More = $"\"{member}\":{value}" })).ShouldBeInvalid(field);

    [Theory]
    [InlineData("2026-03-04T09:15:27.123456Z")]
    [InlineData("2020-01-01T00:00:00Z")]
    public async Task An_end_that_is_not_in_the_future_is_refused(string expireAt) =>
        (await _client.PrepareAsync(new APayment(_token) { More = $"\"expireAt\":\"{expireAt}\"" })).ShouldBeInvalid("ExpireAt");

    [Fact]
    public async Task An_end_in_the_future_is_taken() =>
        (await _client.PrepareAsync(new APayment(_token) { More = "\"expireAt\":\"2026-03-04T10:15:28+01:00\"" })).ShouldBeOk()["expireAt"].ShouldBe("2026-03-04T09:15:28Z");

    [Fact]
    public async Task Only_an_authorized_token_can_be_prepared_to_be_charged()
    {
        using var client = await portal.StrangerAsync();
        var created = await client.TokenOfAsync(ACard.None);
        var declined = await client.TokenOfAsync(new ACard { Number = ACard.Declined });
        var canceled = await client.TokenOfAsync(ACard.None);
        (await client.DeleteTokenAsync(canceled))["status"].ShouldBe("Canceled");
        var closed = await client.TokenOfAsync();
        (await client.DeleteTokenAsync(closed))["status"].ShouldBe("Closed");
        var completed = await client.TokenOfAsync();
        (await client.ChargeAsync(await client.PreparedAsync(completed))).ShouldBeCharged("Successful", "DEPOSITED");
        var cardExpired = await client.TokenOfAsync(new ACard { Expiry = "03/26" });
        var expired = await client.TokenOfAsync(ACard.None, "\"expireAt\":\"2026-03-05T00:00:00Z\"");
        await client.AdvanceAsync("P60D");

        foreach (var (token, status) in new[]
        {
            (created, "Expired"), (declined, "Created"), (canceled, "Canceled"), (closed, "Closed"), (completed, "Completed"), (cardExpired, "CardExpired"), (expired, "Expired"),
        })
        {
            var answer = (await client.PrepareAsync(new APayment(token))).ShouldBeProblem(400);
            answer.PropertyNames().ShouldNotContain("errors", StringComparer.Ordinal);
            var now = (await client.GetTokenAsync(token))["status"];
            if (token != created && token != declined)
            {
                now.ShouldBe(status);
            }

            answer["detail"].ShouldContain(now);
        }
    }

    [Fact]
    public async Task A_key_without_the_scope_to_charge_reads_but_changes_nothing()
    {
        var payment = await _client.PreparedAsync(_token);
        using var reader = portal.ClientOf((await portal.CreateKeyAsync(scopes: ApiKeyScopes.Read | ApiKeyScopes.Tokenize)).Secret);

        (await reader.PrepareAsync(new APayment(_token))).ShouldBeProblem(403);
        (await reader.ChargeAsync(payment)).ShouldBeProblem(403);
        (await reader.DeletePaymentAsync(payment)).ShouldBeProblem(403);
        (await reader.GetPaymentAsync(payment)).ShouldBeOk()["status"].ShouldBe("Created");
    }

    [Fact]
    public async Task A_key_without_the_scope_to_read_charges_but_reads_nothing()
    {
        using var cashier = portal.ClientOf((await portal.CreateKeyAsync(scopes: ApiKeyScopes.Charge)).Secret);
        var payment = await cashier.PreparedAsync(_token);

        (await cashier.GetPaymentAsync(payment)).ShouldBeProblem(403);
        (await cashier.ChargeAsync(payment)).ShouldBeCharged("Successful", "DEPOSITED");
    }

    private HttpClient ClientOfVersion(string version)
    {
        var client = portal.SandboxClient();
        client.DefaultRequestHeaders.Remove("version");
        client.DefaultRequestHeaders.Add("version", version);
        return client;
    }
}
