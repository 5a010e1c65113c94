using Dojo.Pci.Tests.Unit.Harness;

namespace Dojo.Pci.Tests.Unit.Api;

/// <summary>Idempotency keys on <c>POST /payment-intents</c>.</summary>
public sealed class IdempotentPaymentIntentsTests(PortalFactory portal) : OwnLocationTest(portal)
{
    [Theory]
    [InlineData("idempotencyKey")]
    [InlineData("Idempotency-Key")]
    public async Task The_same_request_under_the_same_key_is_answered_as_at_first(string header)
    {
        var payment = new APayment(SetupIntentId: null) { More = """ "metadata":{"a":"1"},"description":"d" """ };
        var first = (await Client.PrepareAsync(payment, (header, "k"))).ShouldBeOk();
        (await Client.PayAsync(first["id"])).ShouldBeCharged("Successful", "DEPOSITED");

        (await Client.PrepareAsync(payment with { More = """ "description":"d","metadata":{"a":"1"} """ }, (header, "k"))).ShouldBeOk().Body.ShouldBe(first.Body);
        (await Client.GetPaymentAsync(first["id"])).ShouldBeOk()["status"].ShouldBe("Captured");
    }

    [Fact]
    public async Task Another_request_under_the_same_key_is_refused()
    {
        (await Client.PrepareAsync(new APayment(SetupIntentId: null), ("idempotencyKey", "k"))).ShouldBeOk();

        (await Client.PrepareAsync(new APayment(SetupIntentId: null) { Reference = "Booking 4712" }, ("idempotencyKey", "k"))).ShouldBeProblem(409);
        (await Client.TokenizeAsync(new ACard().ToJson(), ("idempotencyKey", "k"))).ShouldBeProblem(409);
    }

    [Fact]
    public async Task A_refused_request_leaves_the_key_free_and_a_bad_key_is_refused()
    {
        (await Client.PrepareAsync(new APayment("si_sandbox_zO9He6VSK0WV3_g33nVDVw"), ("idempotencyKey", "k"))).ShouldBeInvalid("SetupIntentId");

        (await Client.PrepareAsync(new APayment(SetupIntentId: null), ("idempotencyKey", "k"))).ShouldBeOk();
        (await Client.PrepareAsync(new APayment(SetupIntentId: null), ("idempotencyKey", new string('k', 101)))).ShouldBeInvalid("IdempotencyKey");
    }

    [Fact]
    public async Task At_the_same_time_under_one_key_one_is_made()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Client.PrepareAsync(new APayment(SetupIntentId: null), ("idempotencyKey", "k"))));

        answers.Where(answer => (int)answer.Status == 200).Select(answer => answer["id"]).Distinct(StringComparer.Ordinal).ShouldHaveSingleItem();
        answers.ShouldAllBe(answer => (int)answer.Status == 200 || (int)answer.Status == 409);
    }
}
