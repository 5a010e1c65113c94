using System.Text;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.ApiKeys;

namespace Dojo.Pci.Tests.Unit.Api;

/// <summary>Payment intents without a token, and the operation that simulates a shopper.</summary>
public sealed class PayingAsAShopperTests(PortalFactory portal) : OwnLocationTest(portal)
{
    [Fact]
    public async Task A_payment_intent_needs_no_token_and_comes_with_a_client_secret_that_is_shown_once()
    {
        var created = (await Client.PrepareAsync(new APayment(SetupIntentId: null))).ShouldBeOk();

        created["status"].ShouldBe("Created");
        created["captureMode"].ShouldBe("Auto");
        created["clientSessionSecret"].ShouldMatch("^[A-Za-z0-9_-]{158}==$");
        created["clientSessionSecretExpirationDate"].ShouldMatch("^[0-9-]{10}T[0-9:]{8}Z$");
        created.PropertyNames().ShouldNotContain("setupIntentId", StringComparer.Ordinal);
        var read = (await Client.GetPaymentAsync(created["id"])).ShouldBeOk();
        read["status"].ShouldBe("Created");
        read.PropertyNames().ShouldNotContain("clientSessionSecret", StringComparer.Ordinal);
        var other = (await Client.PrepareAsync(new APayment(SetupIntentId: null))).ShouldBeOk();
        string.Equals(other["clientSessionSecret"], created["clientSessionSecret"], StringComparison.Ordinal).ShouldBeFalse();
    }

    [Fact]
    public async Task Production_has_such_payment_intents_too_but_nobody_who_pays_them()
    {
        using var production = Portal.ProductionClient();
        var id = (await production.PrepareAsync(new APayment(SetupIntentId: null))).ShouldBeOk()["id"];

        var unknown = (await production.AskAsync(HttpMethod.Post, "/sandbox/nothing")).ShouldBeProblem(404);
        (await production.PayAsync(id)).ShouldBeProblem(404).BodyWithoutTraceId().ShouldBe(unknown.BodyWithoutTraceId());
        (await production.ChargeAsync(id)).ShouldBeProblem(400);
        (await production.GetPaymentAsync(id)).ShouldBeOk()["status"].ShouldBe("Created");
    }

    [Fact]
    public async Task An_approved_card_takes_the_total_and_is_shown_masked()
    {
        var id = (await Client.PrepareAsync(new APayment(SetupIntentId: null) { More = "\"tipsAmount\":{\"value\":101,\"currencyCode\":\"GBP\"}" })).ShouldBeOk()["id"];

        (await Client.PayAsync(id)).ShouldBeCharged("Successful", "DEPOSITED")["paymentIntentId"].ShouldBe(id);

        var paid = (await Client.GetPaymentAsync(id)).ShouldBeOk();
        paid["status"].ShouldBe("Captured");
        paid.Json.GetProperty("totalAmount").GetProperty("value").GetInt64().ShouldBe(2100);
        var details = paid.Json.GetProperty("paymentDetails");
        details.GetProperty("card").GetProperty("cardNumber").GetString().ShouldBe("52000000****1005");
        details.GetProperty("authCode").GetString().ShouldNotBeNullOrEmpty();
        (await Client.PayAsync(id)).ShouldBeProblem(400)["detail"].ShouldContain("Captured");
        (await Client.DeletePaymentAsync(id)).ShouldBeProblem(400);
    }

    [Fact]
    public async Task A_declined_card_is_an_answer_and_another_may_be_tried()
    {
        var id = (await Client.PrepareAsync(new APayment(SetupIntentId: null))).ShouldBeOk()["id"];

        (await Client.PayAsync(id, ACard.Declined)).ShouldBeCharged("Declined", "DECLINED");
        (await Client.GetPaymentAsync(id)).ShouldBeOk()["status"].ShouldBe("Created");
        (await Client.PayAsync(id)).ShouldBeCharged("Successful", "DEPOSITED");

        Client.DefaultRequestHeaders.Remove("version");
        var events = (await Client.GetPaymentAsync(id, "", ("version", "2022-04-07"))).ShouldBeOk().Json.GetProperty("paymentEvents").EnumerateArray().ToList();
        events.Select(entry => entry.GetProperty("eventType").GetString()).ShouldBe(["Declined", "Captured"]);
        events[0].TryGetProperty("cardNumber", out _).ShouldBeFalse("that was another card");
        events[1].GetProperty("cardNumber").GetString().ShouldBe("52000000****1005");
    }

    [Fact]
    public async Task Of_many_that_pay_at_once_one_does()
    {
        var id = (await Client.PrepareAsync(new APayment(SetupIntentId: null))).ShouldBeOk()["id"];

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Client.PayAsync(id)));

        answers.Count(answer => (int)answer.Status == 200).ShouldBe(1);
        answers.ShouldAllBe(answer => (int)answer.Status == 200 || (int)answer.Status == 400 || (int)answer.Status == 409);
        (await Client.GetPaymentAsync(id)).ShouldBeOk()["status"].ShouldBe("Captured");
    }

    [Fact]
    public async Task A_payment_intent_of_a_token_is_not_paid_by_a_shopper_nor_one_without_charged()
    {
        var ofToken = await Client.PreparedAsync(await Client.TokenOfAsync());
        var withoutToken = (await Client.PrepareAsync(new APayment(SetupIntentId: null))).ShouldBeOk()["id"];

        (await Client.PayAsync(ofToken)).ShouldBeProblem(400)["detail"].ShouldContain("charge it");
        (await Client.ChargeAsync(withoutToken)).ShouldBeProblem(400)["detail"].ShouldContain("no setup intent");
    }

    [Fact]
    public async Task After_30_days_it_is_canceled_and_cannot_be_paid()
    {
        var id = (await Client.PrepareAsync(new APayment(SetupIntentId: null))).ShouldBeOk()["id"];
        await Client.AdvanceAsync("P30D");

        (await Client.PayAsync(id)).ShouldBeProblem(400)["detail"].ShouldContain("Canceled");
        (await Client.GetPaymentAsync(id, "?returnCanceled=1")).ShouldBeOk()["status"].ShouldBe("Canceled");
    }

    [Theory]
    [InlineData("{}", "CardNumber")]
    [InlineData("""{"cardNumber":"5200000000001005"}""", "ExpiryDate")]
    [InlineData("""{"expiryDate":"12/29"}""", "CardNumber")]
    [InlineData("""{"cardNumber":5200000000001005,"expiryDate":"12/29"}""", "CardNumber")]
    [InlineData("""{"cardNumber":"5200000000001005","expiryDate":"13/29"}""", "ExpiryDate")]
    [InlineData("""{"cardNumber":"5200000000001005","expiryDate":"01/20"}""", "ExpiryDate")]
    [InlineData("""{"cardNumber":"5200000000001006","expiryDate":"12/29"}""", "CardNumber")]
    [InlineData("""{"cardNumber":"5425233430109903","expiryDate":"12/29"}""", "CardNumber")]
    [InlineData("""{"cardNumber":"5200000000001005","expiryDate":"12/29","cvv":"123"}""", "Body")]
    public async Task A_card_that_is_none_is_refused_by_its_field_and_not_repeated(string body, string field)
    {
        var id = (await Client.PrepareAsync(new APayment(SetupIntentId: null))).ShouldBeOk()["id"];

        var answer = await Client.AskAsync(HttpMethod.Post, $"/sandbox/payment-intents/{id}/pay", Encoding.UTF8.GetBytes(body));

        answer.ShouldBeProblem(400).InvalidFields().ShouldContain(field, StringComparer.Ordinal);
        answer.Everything.ShouldNotContain("520000000000100");
        answer.Everything.ShouldNotContain("542523343010990");
        (await Client.GetPaymentAsync(id)).ShouldBeOk()["status"].ShouldBe("Created");
    }

    [Fact]
    public async Task Unknown_ids_and_those_of_others_are_not_found()
    {
        using var stranger = await Portal.StrangerAsync();
        var theirs = (await stranger.PrepareAsync(new APayment(SetupIntentId: null))).ShouldBeOk()["id"];
        var unknown = (await Client.PayAsync("pi_sandbox_AAAAAAAAAAAAAAAAAAAAAA")).ShouldBeProblem(404).BodyWithoutTraceId();

        (await Client.PayAsync(theirs)).ShouldBeProblem(404).BodyWithoutTraceId().ShouldBe(unknown);
        (await Client.PayAsync("x")).ShouldBeProblem(404).BodyWithoutTraceId().ShouldBe(unknown);
    }

    [Fact]
    public async Task A_key_without_the_scope_to_charge_pays_nothing()
    {
        using var client = Portal.SandboxClient();
        var id = (await client.PrepareAsync(new APayment(SetupIntentId: null))).ShouldBeOk()["id"];
        using var reader = Portal.ClientOf((await Portal.CreateKeyAsync(scopes: ApiKeyScopes.Read | ApiKeyScopes.Tokenize)).Secret);

        (await reader.PayAsync(id)).ShouldBeProblem(403);
    }
}
