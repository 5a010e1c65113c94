using System.Globalization;
using Dojo.Pci.Tests.Unit.Harness;

namespace Dojo.Pci.Tests.Unit.Api;

/// <summary>Requests that create no payment intent.</summary>
public sealed class RefusingPaymentIntentsTests(PortalFactory portal) : PaymentIntentCreationTest(portal)
{
    [Fact]
    public async Task Amount_and_reference_are_required()
    {
        var answer = await Client.PrepareAsync(new APayment(SetupIntentId: null) { Amount = null, Reference = null });

        answer.ShouldBeProblem(400);
        answer.InvalidFields().ShouldBe(["Reference", "Amount"], ignoreOrder: true);
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
        (await Client.PrepareAsync(new APayment(Token) { Amount = amount })).ShouldBeInvalid(field);

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("1234567890123456789012345678901234567890123456789012345678901")]
    public async Task A_reference_has_1_to_60_characters(string reference)
    {
        // Letters between the digits keep it from looking like a card number.
        (await Client.PrepareAsync(new APayment(Token) { Reference = reference.Replace("5", "x", StringComparison.Ordinal) })).ShouldBeInvalid("Reference");
        (await Client.PrepareAsync(new APayment(Token) { Reference = new string('x', 60) })).ShouldBeOk();
    }

    [Theory]
    [InlineData("x")]
    [InlineData("si_sandbox_AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("si_prod_AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("")]
    public async Task A_token_that_is_none_is_refused_by_its_field(string token) =>
        (await Client.PrepareAsync(new APayment(token))).ShouldBeInvalid("SetupIntentId");

    [Fact]
    public async Task A_token_spelled_otherwise_is_none()
    {
        (await Client.PrepareAsync(new APayment(Token.Replace("si_", "pi_", StringComparison.Ordinal)))).ShouldBeInvalid("SetupIntentId");
        (await Client.PrepareAsync(new APayment(Token["si_sandbox_".Length..]))).ShouldBeInvalid("SetupIntentId");
        (await Client.PrepareAsync(new APayment(Token + "A"))).ShouldBeInvalid("SetupIntentId");
    }

    [Fact]
    public async Task A_token_of_another_location_or_environment_is_refused_as_an_unknown_one_is()
    {
        using var stranger = await Portal.StrangerAsync();
        using var production = Portal.ProductionClient();
        var unknown = await Client.PrepareAsync(new APayment("si_sandbox_AAAAAAAAAAAAAAAAAAAAAA"));

        var theirs = (await Client.PrepareAsync(new APayment(await stranger.TokenOfAsync()))).ShouldBeInvalid("SetupIntentId");
        theirs.BodyWithoutTraceId().ShouldBe(unknown.BodyWithoutTraceId());
        (await production.PrepareAsync(new APayment(Token))).ShouldBeInvalid("SetupIntentId").BodyWithoutTraceId().ShouldBe(unknown.BodyWithoutTraceId());
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

        var answer = (await Client.PrepareAsync(new APayment(Token) { More = more })).ShouldBeInvalid(field);

        answer.Everything.ShouldNotContain(ACard.Approved);
    }

    [Fact]
    public async Task A_card_number_in_place_of_reference_or_token_is_refused_and_not_repeated()
    {
        var reference = (await Client.PrepareAsync(new APayment(Token) { Reference = ACard.Approved })).ShouldBeInvalid("Reference");
        var token = (await Client.PrepareAsync(new APayment(ACard.Approved))).ShouldBeInvalid("SetupIntentId");

        (reference.Everything + token.Everything).ShouldNotContain(ACard.Approved);
    }

    [Theory]
    [InlineData("\"cvv\":\"123\"")]
    [InlineData("\"cardNumber\":\"5200000000001005\"")]
    [InlineData("\"reference\":\"another\"")]
    public async Task A_member_that_is_unknown_or_sent_twice_is_refused_and_not_repeated(string member)
    {
        var answer = (await Client.PrepareAsync(new APayment(Token) { More = member })).ShouldBeInvalid("Body");

        answer.Everything.ShouldNotContain(member.Split('"')[3 < member.Split('"').Length ? 3 : 1]);
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
        (await Client.PrepareAsync(new APayment(Token) { More = $"\"{member}\":\"{value}\"" })).ShouldBeInvalid(field);

    [Theory]
    [InlineData("tipsAmount", """{"value":1,"currencyCode":"EUR"}""", "TipsAmount.CurrencyCode")]
    [InlineData("serviceChargeAmount", """{"value":1,"currencyCode":"EUR"}""", "ServiceChargeAmount.CurrencyCode")]
    [InlineData("tipsAmount", """{"value":-1,"currencyCode":"GBP"}""", "TipsAmount.Value")]
    [InlineData("tipsAmount", """{"value":999999998001,"currencyCode":"GBP"}""", "Amount")]
    [InlineData("serviceChargeAmount", "1", "ServiceChargeAmount")]
    public async Task A_tip_or_service_charge_that_cannot_be_charged_is_refused(string member, string value, string field) =>
        (await Client.PrepareAsync(new APayment(Token) { More = $"\"{member}\":{value}" })).ShouldBeInvalid(field);

    [Theory]
    [InlineData("2026-03-04T09:15:27.123456Z")]
    [InlineData("2020-01-01T00:00:00Z")]
    public async Task An_end_that_is_not_in_the_future_is_refused(string expireAt) =>
        (await Client.PrepareAsync(new APayment(Token) { More = $"\"expireAt\":\"{expireAt}\"" })).ShouldBeInvalid("ExpireAt");

    [Fact]
    public async Task Only_an_authorized_token_can_be_prepared_to_be_charged()
    {
        using var client = await Portal.StrangerAsync();
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
}
