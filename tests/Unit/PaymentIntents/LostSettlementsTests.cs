using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tests.Unit.PaymentIntents;

/// <summary>However a call to the acquirer or its answer is lost, money is moved once, and in the end the outcome is known.</summary>
public sealed class LostSettlementsTests : SettlementTest
{
    [Theory]
    [MemberData(nameof(LostAnswers))]
    public async Task A_capture_whose_answer_got_lost_is_asked_about_by_the_next_call_and_not_made_twice(int behaviour)
    {
        var payment = await Vault.HoldAsync();
        Lose((AcquirerBehaviour)behaviour);
        (await CaptureAsync(payment, 500)).ShouldBe(SettlementStatus.Created);
        (await CaptureAsync(payment, 500)).ShouldBe(SettlementStatus.Created, "still nobody knows");
        (await Vault.CaptureAsync(payment, 400)).Refusal.ShouldBeOfType<Refusal.Conflict>();
        (await Vault.GetAsync(payment)).Status.ShouldBe(PaymentIntentStatus.Authorized);

        Recover();
        (await CaptureAsync(payment, 500)).ShouldBe(SettlementStatus.Successful);

        var captured = await Vault.GetAsync(payment);
        Moved(captured, "captures").ShouldBe(500);
        captured.Events.Count(entry => entry.Type == PaymentIntentEventType.Unknown).ShouldBe(1);
        (await CaptureAsync(payment, 500)).ShouldBe(SettlementStatus.Successful);
        Moved(captured, "captures").ShouldBe(1000, "that was another");
    }

    [Theory]
    [MemberData(nameof(LostAnswers))]
    public async Task A_reversal_whose_answer_got_lost_is_found_out_by_the_resolver(int behaviour)
    {
        var payment = await Vault.HoldAsync();
        Lose((AcquirerBehaviour)behaviour);
        (await Vault.ReverseAsync(payment)).Value.ShouldNotBeNull().Status.ShouldBe(SettlementStatus.Created);

        Recover();
        await Vault.KeepHouseAsync();

        (await Vault.GetAsync(payment)).Status.ShouldBe(PaymentIntentStatus.Reversed);
        Moved(await Vault.GetAsync(payment), "reversals").ShouldBe(1999);
    }

    [Theory]
    [MemberData(nameof(LostAnswers))]
    public async Task A_refund_whose_answer_got_lost_holds_its_amount_back_until_it_is_found_out(int behaviour)
    {
        var payment = await Vault.PrepareAsync();
        await Vault.ChargeAsync(payment);
        Lose((AcquirerBehaviour)behaviour);
        (await RefundAsync(payment, 1500, "a")).ShouldBe(SettlementStatus.Created);

        Acquirer.Default = AcquirerBehaviour.Approve;
        (await Vault.RefundAsync(payment, 500, "b")).Refusal.ShouldBeOfType<Refusal.Invalid>();
        (await RefundAsync(payment, 499, "c")).ShouldBe(SettlementStatus.Successful);
        Recover();
        (await RefundAsync(payment, 1500, "a")).ShouldBe(SettlementStatus.Successful);

        var refunded = await Vault.GetAsync(payment);
        (refunded.Status, refunded.RefundedAmount).ShouldBe((PaymentIntentStatus.Refunded, 1999));
        Moved(refunded, "refunds").ShouldBe(1999);
    }

    [Fact]
    public async Task What_the_acquirer_has_never_seen_is_made_anew_under_another_name()
    {
        var payment = await Vault.PrepareAsync();
        await Vault.ChargeAsync(payment);
        Acquirer.Default = AcquirerBehaviour.DropBeforeReading;
        (await RefundAsync(payment, 1999, "a")).ShouldBe(SettlementStatus.Created);

        Recover();
        (await RefundAsync(payment, 1999, "a")).ShouldBe(SettlementStatus.Successful);

        Moved(await Vault.GetAsync(payment), "refunds").ShouldBe(1999);
    }
}
