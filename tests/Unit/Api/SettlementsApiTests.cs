using System.Globalization;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.ApiKeys;

namespace Dojo.Pci.Tests.Unit.Api;

/// <summary>Captures, reversals and refunds over HTTP, in the sandbox. For their behaviour with an acquirer see tests/Unit/PaymentIntents.</summary>
public sealed class SettlementsApiTests(PortalFactory portal) : OwnLocationTest(portal)
{
    [Fact]
    public async Task A_manual_payment_is_authorized_and_captured_in_parts()
    {
        var id = await HeldAsync();
        (await Client.GetPaymentAsync(id)).ShouldBeOk().ShouldSatisfyAllConditions(
            held => held["status"].ShouldBe("Authorized"), held => held.PropertyNames().ShouldNotContain("captures", StringComparer.Ordinal));

        var first = (await Client.CaptureAsync(id, """{"amount":"900","tipsAmount":100}""")).ShouldBeDone();
        first["captureId"].ShouldMatch("^cp_sandbox_[A-Za-z0-9_-]{22}$");
        first["message"].ShouldBe("Captured");
        (await Client.CaptureAsync(id, """{"amount":1000}""")).ShouldBeInvalid("Amount");
        var second = (await Client.CaptureAsync(id, """{"amount":999,"tipsAmount":null}""")).ShouldBeDone();
        string.Equals(second["captureId"], first["captureId"], StringComparison.Ordinal).ShouldBeFalse();
        (await Client.CaptureAsync(id, """{"amount":1}""")).ShouldBeProblem(409)["detail"].ShouldContain("Captured");

        var captured = (await Client.GetPaymentAsync(id)).ShouldBeOk();
        captured["status"].ShouldBe("Captured");
        captured.Json.GetProperty("captures").EnumerateArray().Select(capture => capture.GetProperty("amount").GetInt64()).ShouldBe([900, 999]);
        captured.Json.GetProperty("captures")[0].GetProperty("tipsAmount").GetInt64().ShouldBe(100);
        captured.Json.GetProperty("captures")[0].GetProperty("status").GetString().ShouldBe("Successful");
        captured.Json.GetProperty("captures")[0].GetProperty("id").GetString().ShouldBe(first["captureId"]);
    }

    [Fact]
    public async Task A_shoppers_manual_payment_goes_the_same_way_and_the_first_version_has_the_events()
    {
        var id = (await Client.PrepareAsync(new APayment(SetupIntentId: null) { More = "\"captureMode\":\"Manual\"" })).ShouldBeOk()["id"];
        (await Client.PayAsync(id)).ShouldBeCharged("Successful", "AUTHORIZED");
        (await Client.CaptureAsync(id, """{"amount":1999}""")).ShouldBeDone();
        (await Client.RefundAsync(id, """{"amount":999}""", ("idempotencyKey", "k"))).ShouldBeDone();

        Client.DefaultRequestHeaders.Remove("version");
        var first = (await Client.GetPaymentAsync(id, "", ("version", "2022-04-07"))).ShouldBeOk();
        first.Json.GetProperty("paymentEvents").EnumerateArray().Select(entry => entry.GetProperty("eventType").GetString()).ShouldBe(["Authorized", "Captured", "Refunded"]);
        first.PropertyNames().ShouldNotContain("captures", StringComparer.Ordinal);
        first.Json.GetProperty("refundedAmount").GetInt64().ShouldBe(999);
        first["status"].ShouldBe("Captured");
    }

    [Fact]
    public async Task Under_an_idempotency_key_a_capture_is_made_once()
    {
        var id = await HeldAsync();
        var first = (await Client.CaptureAsync(id, """{"amount":500}""", ("Idempotency-Key", "k"))).ShouldBeDone();

        (await Client.CaptureAsync(id, """{"amount":500}""", ("Idempotency-Key", "k"))).ShouldBeDone().Body.ShouldBe(first.Body);
        (await Client.CaptureAsync(id, """{"amount":501}""", ("Idempotency-Key", "k"))).ShouldBeProblem(409);
        (await Client.GetPaymentAsync(id)).Json.GetProperty("captures").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task A_reversal_lets_the_money_go_before_a_capture_alone()
    {
        var (id, other) = (await HeldAsync(), await HeldAsync());

        (await Client.ReverseAsync(id)).ShouldBeDone()["reversalId"].ShouldMatch("^rvs_sandbox_[A-Za-z0-9_-]{22}$");
        (await Client.GetPaymentAsync(id)).ShouldBeOk()["status"].ShouldBe("Reversed");
        (await Client.ReverseAsync(id)).ShouldBeProblem(409);
        (await Client.CaptureAsync(id, """{"amount":1}""")).ShouldBeProblem(409);
        (await Client.DeletePaymentAsync(id)).ShouldBeProblem(400);

        (await Client.CaptureAsync(other, """{"amount":1}""")).ShouldBeDone();
        (await Client.ReverseAsync(other)).ShouldBeProblem(409);
    }

    [Fact]
    public async Task Only_what_is_authorized_is_captured_or_reversed_and_only_what_is_captured_refunded()
    {
        var created = (await Client.PrepareAsync(new APayment(SetupIntentId: null))).ShouldBeOk()["id"];
        (await Client.CaptureAsync(created, """{"amount":1}""")).ShouldBeProblem(409);
        (await Client.ReverseAsync(created)).ShouldBeProblem(409);
        (await Client.RefundAsync(created, """{"amount":1}""", ("idempotencyKey", "k"))).ShouldBeProblem(400)["detail"].ShouldContain("Created");

        var automatic = await PaidAsync();
        (await Client.CaptureAsync(automatic, """{"amount":1}""")).ShouldBeProblem(409);
        (await Client.ReverseAsync(automatic)).ShouldBeProblem(409);
    }

    [Fact]
    public async Task A_refund_gives_back_in_parts_under_its_keys_and_is_read_again()
    {
        var id = await PaidAsync();

        var first = (await Client.RefundAsync(id, """{"amount":1000,"refundReason":"Too salty","notes":"Table 4","previousTransactionId":"t"}""", ("idempotencyKey", "a"))).ShouldBeDone();
        first["refundId"].ShouldMatch("^rfnd_sandbox_[A-Za-z0-9_-]{22}$");
        (first["paymentIntentId"], first["refundReason"], first["notes"]).ShouldBe((id, "Too salty", "Table 4"));
        (await Client.GetRefundAsync(first["refundId"])).ShouldBeDone().Body.ShouldBe(first.Body);
        (await Client.RefundAsync(id, """{"amount":1000,"refundReason":"Too salty","notes":"Table 4"}""", ("idempotencyKey", "a"))).ShouldBeDone().Body.ShouldBe(first.Body);
        (await Client.RefundAsync(id, """{"amount":1000}""", ("idempotencyKey", "a"))).ShouldBeProblem(409);
        (await Client.RefundAsync(id, """{"amount":1000}""", ("idempotencyKey", "b"))).ShouldBeInvalid("Amount");
        (await Client.RefundAsync(id, """{"amount":999}""", ("idempotencyKey", "b"))).ShouldBeDone();

        var refunded = (await Client.GetPaymentAsync(id)).ShouldBeOk();
        refunded["status"].ShouldBe("Refunded");
        refunded.Json.GetProperty("refundedAmount").GetInt64().ShouldBe(1999);
    }

    [Fact]
    public async Task Of_64_refunds_at_once_no_more_is_given_back_than_was_taken()
    {
        var id = await PaidAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(call =>
            Client.RefundAsync(id, """{"amount":500}""", ("idempotencyKey", call.ToString(CultureInfo.InvariantCulture)))));

        answers.Count(answer => (int)answer.Status == 200).ShouldBe(3);
        (await Client.GetPaymentAsync(id)).Json.GetProperty("refundedAmount").GetInt64().ShouldBe(1500);
    }

    [Theory]
    [InlineData(20005, 409, 400)]
    [InlineData(20503, 503, 503)]
    [InlineData(20504, 504, 504)]
    [InlineData(20404, 504, 504)]
    public async Task Magic_amounts_make_the_sandbox_misbehave(long amount, int capture, int refund)
    {
        var body = $$"""{"amount":{{amount}}}""";
        var held = await HeldAsync(30000);
        var paid = await PaidAsync(30000);

        (await Client.CaptureAsync(held, body)).ShouldBeProblem(capture);
        (await Client.RefundAsync(paid, body, ("idempotencyKey", "k"))).ShouldBeProblem(refund);
        (await Client.ReverseAsync(await HeldAsync(amount))).ShouldBeProblem(capture);

        (await Client.GetPaymentAsync(held)).ShouldBeOk()["status"].ShouldBe("Authorized");
        (await Client.GetPaymentAsync(paid)).Json.GetProperty("refundedAmount").GetInt64().ShouldBe(0);
        if (amount == 20504)
        {
            (await Client.CaptureAsync(held, body)).ShouldBeDone();
            (await Client.RefundAsync(paid, body, ("idempotencyKey", "k"))).ShouldBeDone();
            (await Client.GetPaymentAsync(held)).Json.GetProperty("captures").GetArrayLength().ShouldBe(1);
            (await Client.GetPaymentAsync(paid)).Json.GetProperty("refundedAmount").GetInt64().ShouldBe(amount);
        }
    }

    [Theory]
    [InlineData("", "Reversed")]
    [InlineData(",\"autoExpireIn\":\"01:00:00\"", "Reversed")]
    [InlineData(",\"autoExpireIn\":\"01:00:00\",\"autoExpireAction\":\"Capture\"", "Captured")]
    public async Task The_sandbox_clock_brings_about_what_becomes_of_money_that_was_not_captured(string more, string status)
    {
        var id = await HeldAsync(more: more);
        await Client.AdvanceAsync(more.Length == 0 ? "P6DT23H59M" : "PT59M");
        (await Client.GetPaymentAsync(id)).ShouldBeOk()["status"].ShouldBe("Authorized");

        await Client.AdvanceAsync("PT1M");

        (await Client.GetPaymentAsync(id)).ShouldBeOk()["status"].ShouldBe(status);
    }

    [Theory]
    [InlineData("{}", "Amount")]
    [InlineData("""{"amount":null}""", "Amount")]
    [InlineData("""{"amount":0}""", "Amount")]
    [InlineData("""{"amount":-1}""", "Amount")]
    [InlineData("""{"amount":1.5}""", "Amount")]
    [InlineData("""{"amount":{"value":1,"currencyCode":"GBP"}}""", "Amount")]
    [InlineData("""{"amount":1,"tipsAmount":-1}""", "TipsAmount")]
    [InlineData("""{"amount":1,"currency":"GBP"}""", "Body")]
    public async Task A_capture_that_is_none_is_refused_by_its_field(string body, string field) =>
        (await Client.CaptureAsync(await HeldAsync(), body)).ShouldBeInvalid(field);

    [Theory]
    [InlineData("{}", "Amount")]
    [InlineData("""{"amount":"x"}""", "Amount")]
    [InlineData("""{"amount":1,"refundReason":"5200000000001005"}""", "RefundReason")]
    [InlineData("""{"amount":1,"notes":"5200000000001005"}""", "Notes")]
    [InlineData("""{"amount":1,"previousTransactionId":1}""", "PreviousTransactionId")]
    public async Task A_refund_that_is_none_is_refused_by_its_field_and_not_repeated(string body, string field) =>
        (await Client.RefundAsync(await PaidAsync(), body, ("idempotencyKey", "k"))).ShouldBeInvalid(field).Everything.ShouldNotContain("5200000000001005");

    [Fact]
    public async Task A_refund_needs_a_key()
    {
        var id = await PaidAsync();

        (await Client.RefundAsync(id, """{"amount":1}""")).ShouldBeInvalid("IdempotencyKey");
        (await Client.RefundAsync(id, """{"amount":1}""", ("idempotencyKey", new string('x', 101)))).ShouldBeInvalid("IdempotencyKey");
        (await Client.RefundAsync(id, """{"amount":1}""", ("Idempotency-Key", "usual"))).ShouldBeDone();
    }

    [Fact]
    public async Task What_belongs_to_others_is_not_found()
    {
        using var stranger = await Portal.StrangerAsync();
        var theirs = (await stranger.PrepareAsync(new APayment(SetupIntentId: null) { More = "\"captureMode\":\"Manual\"" })).ShouldBeOk()["id"];
        await stranger.PayAsync(theirs);
        await stranger.CaptureAsync(theirs, """{"amount":1999}""");
        var refund = (await stranger.RefundAsync(theirs, """{"amount":1}""", ("idempotencyKey", "k"))).ShouldBeDone()["refundId"];

        (await Client.CaptureAsync(theirs, """{"amount":1}""")).ShouldBeProblem(404);
        (await Client.ReverseAsync(theirs)).ShouldBeProblem(404);
        (await Client.RefundAsync(theirs, """{"amount":1}""", ("idempotencyKey", "k"))).ShouldBeProblem(404);
        (await Client.GetRefundAsync(refund)).ShouldBeProblem(404);
        (await Client.GetRefundAsync("x")).ShouldBeProblem(404);
    }

    [Fact]
    public async Task A_key_without_the_scope_to_charge_moves_nothing_but_reads_refunds()
    {
        using var client = Portal.SandboxClient();
        var id = (await client.PrepareAsync(new APayment(SetupIntentId: null))).ShouldBeOk()["id"];
        await client.PayAsync(id);
        var refund = (await client.RefundAsync(id, """{"amount":1}""", ("idempotencyKey", "k"))).ShouldBeDone()["refundId"];
        using var reader = Portal.ClientOf((await Portal.CreateKeyAsync(scopes: ApiKeyScopes.Read)).Secret);

        (await reader.CaptureAsync(id, """{"amount":1}""")).ShouldBeProblem(403);
        (await reader.ReverseAsync(id)).ShouldBeProblem(403);
        (await reader.RefundAsync(id, """{"amount":1}""", ("idempotencyKey", "other"))).ShouldBeProblem(403);
        (await reader.GetRefundAsync(refund)).ShouldBeDone()["refundId"].ShouldBe(refund);
    }

    private static string AmountOf(long value) => $$"""{"value":{{value}},"currencyCode":"GBP"}""";

    /// <summary>Creates a payment that is authorized but not captured.</summary>
    private async Task<string> HeldAsync(long amount = 1999, string more = "")
    {
        var payment = new APayment(await Client.TokenOfAsync()) { Amount = AmountOf(amount), More = $"\"captureMode\":\"Manual\"{more}" };
        var id = (await Client.PrepareAsync(payment)).ShouldBeOk()["id"];
        (await Client.ChargeAsync(id)).ShouldBeCharged("Successful", "AUTHORIZED");
        return id;
    }

    /// <summary>Creates a payment that is captured.</summary>
    private async Task<string> PaidAsync(long amount = 1999)
    {
        var id = (await Client.PrepareAsync(new APayment(await Client.TokenOfAsync()) { Amount = AmountOf(amount) })).ShouldBeOk()["id"];
        (await Client.ChargeAsync(id)).ShouldBeCharged("Successful", "DEPOSITED");
        return id;
    }
}
