using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tests.Unit.PaymentIntents;

/// <summary>Captures never exceed the authorized amount, nor refunds the captured one, even when concurrent or spread over time.</summary>
public sealed class SettlementsTests : SettlementTest
{
    [Fact]
    public async Task Manual_capture_has_the_money_promised_completes_the_token_and_takes_nothing()
    {
        var payment = await Vault.HoldAsync();

        var held = await Vault.GetAsync(payment);
        (held.Status, held.CaptureMode).ShouldBe((PaymentIntentStatus.Authorized, CaptureMode.Manual));
        held.Events.Select(entry => entry.Type).ShouldBe([PaymentIntentEventType.Created, PaymentIntentEventType.Authorized]);
        Acquirer.PathOf(held.Events[^1].TransactionId!).ShouldBe("/v1/holds");
        Acquirer.TimesCharged.ShouldBe(0);
        (await Vault.GetTokenAsync(payment.SetupIntentId!)).Status.ShouldBe(SetupIntentStatus.Completed);
        (await Vault.TryChargeAsync(payment)).Refusal.ShouldBeOfType<Refusal.WrongState>();
    }

    [Fact]
    public async Task Several_captures_take_what_was_promised_and_not_more()
    {
        var payment = await Vault.HoldAsync();

        (await CaptureAsync(payment, 500)).ShouldBe(SettlementStatus.Successful);
        (await CaptureAsync(payment, 499)).ShouldBe(SettlementStatus.Successful);
        (await Vault.CaptureAsync(payment, 1001)).Refusal.ShouldBeOfType<Refusal.Invalid>().Errors.ShouldHaveSingleItem().Message.ShouldContain("at most 1000");
        (await CaptureAsync(payment, 1000)).ShouldBe(SettlementStatus.Successful);
        (await Vault.CaptureAsync(payment, 1)).Refusal.ShouldBeOfType<Refusal.Conflict>();

        var captured = await Vault.GetAsync(payment);
        captured.Status.ShouldBe(PaymentIntentStatus.Captured);
        captured.Captures.Select(capture => capture.Amount).ShouldBe([500, 499, 1000]);
        Moved(captured, "captures").ShouldBe(1999);
    }

    [Fact]
    public async Task A_reversal_lets_go_once_and_only_before_a_capture()
    {
        var payment = await Vault.HoldAsync();
        var other = await Vault.HoldAsync();

        (await Vault.ReverseAsync(payment)).Value.ShouldNotBeNull().Status.ShouldBe(SettlementStatus.Successful);
        (await Vault.ReverseAsync(payment)).Refusal.ShouldBeOfType<Refusal.Conflict>();
        (await Vault.CaptureAsync(payment, 1)).Refusal.ShouldBeOfType<Refusal.Conflict>();
        (await Vault.RefundAsync(payment, 1, "r")).Refusal.ShouldBeOfType<Refusal.WrongState>();
        (await Vault.GetAsync(payment)).Status.ShouldBe(PaymentIntentStatus.Reversed);

        await CaptureAsync(other, 1);
        (await Vault.ReverseAsync(other)).Refusal.ShouldBeOfType<Refusal.Conflict>();
    }

    [Fact]
    public async Task Refunds_give_back_what_was_taken_in_parts_and_end_it_with_the_last()
    {
        var payment = await Vault.PrepareAsync();
        (await Vault.RefundAsync(payment, 1, "early")).Refusal.ShouldBeOfType<Refusal.WrongState>();
        await Vault.ChargeAsync(payment);

        (await RefundAsync(payment, 1000, "a")).ShouldBe(SettlementStatus.Successful);
        (await Vault.GetAsync(payment)).ShouldSatisfyAllConditions(
            part => part.Status.ShouldBe(PaymentIntentStatus.Captured), part => part.RefundedAmount.ShouldBe(1000));
        (await Vault.RefundAsync(payment, 1000, "b")).Refusal.ShouldBeOfType<Refusal.Invalid>();
        (await RefundAsync(payment, 999, "c")).ShouldBe(SettlementStatus.Successful);

        (await Vault.GetAsync(payment)).ShouldSatisfyAllConditions(
            all => all.Status.ShouldBe(PaymentIntentStatus.Refunded), all => all.RefundedAmount.ShouldBe(1999));
        (await Vault.RefundAsync(payment, 1, "d")).Refusal.ShouldBeOfType<Refusal.WrongState>();
        Moved(await Vault.GetAsync(payment), "refunds").ShouldBe(1999);
    }

    [Fact]
    public async Task A_refund_is_made_once_under_a_key_and_another_request_under_it_is_a_conflict()
    {
        var payment = await Vault.PrepareAsync();
        await Vault.ChargeAsync(payment);

        var first = (await Vault.RefundAsync(payment, 100, "key", "late")).Value.ShouldNotBeNull();
        (await Vault.RefundAsync(payment, 100, "key", "late")).Value.ShouldBe(first);
        (await Vault.RefundAsync(payment, 101, "key", "late")).Refusal.ShouldBeOfType<Refusal.Conflict>();
        (await Vault.RefundAsync(payment, 100, "key", "other")).Refusal.ShouldBeOfType<Refusal.Conflict>();

        Moved(await Vault.GetAsync(payment), "refunds").ShouldBe(100);
    }

    [Fact]
    public async Task Of_64_refunds_at_once_no_more_is_given_back_than_was_taken()
    {
        var payment = await Vault.PrepareAsync();
        await Vault.ChargeAsync(payment);

        var results = await Task.WhenAll(Enumerable.Range(0, 64).Select(call => Task.Run(() => Vault.RefundAsync(payment, 300, $"key-{call}"))));

        results.Count(result => result is { IsSuccess: true, Value.Status: SettlementStatus.Successful }).ShouldBe(6);
        results.ShouldAllBe(result => result.IsSuccess || result.Refusal is Refusal.Invalid);
        var refunded = await Vault.GetAsync(payment);
        refunded.RefundedAmount.ShouldBe(1800);
        Moved(refunded, "refunds").ShouldBe(1800);
    }

    [Fact]
    public async Task Of_64_calls_with_one_key_one_refund_is_made()
    {
        var payment = await Vault.PrepareAsync();
        await Vault.ChargeAsync(payment);

        var results = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => Vault.RefundAsync(payment, 300, "key"))));

        results.Where(result => result.IsSuccess).Select(result => result.Value!.Id).Distinct(StringComparer.Ordinal).ShouldHaveSingleItem();
        results.ShouldAllBe(result => result.IsSuccess || result.Refusal is Refusal.Conflict);
        Moved(await Vault.GetAsync(payment), "refunds").ShouldBe(300);
    }

    [Fact]
    public async Task Of_captures_and_a_reversal_at_once_either_takes_or_lets_go()
    {
        for (var round = 0; round < 5; round++)
        {
            var payment = await Vault.HoldAsync();

            await Task.WhenAll(Enumerable.Range(0, 12).Select(call => Task.Run(() => call % 3 == 0 ? Vault.ReverseAsync(payment) : Vault.CaptureAsync(payment, 1000))));

            var after = await Vault.GetAsync(payment);
            var (captured, reversed) = (Moved(after, "captures"), Moved(after, "reversals"));
            (captured == 0 || reversed == 0).ShouldBeTrue($"captured {captured}, reversed {reversed}");
            captured.ShouldBeLessThanOrEqualTo(1999);
            after.Status.ShouldBe(reversed > 0 ? PaymentIntentStatus.Reversed : PaymentIntentStatus.Captured);
        }
    }

    [Fact]
    public async Task What_is_declined_or_not_attempted_moves_nothing_and_frees_its_amount()
    {
        var payment = await Vault.HoldAsync();
        Acquirer.Default = AcquirerBehaviour.Decline;
        (await CaptureAsync(payment, 1999)).ShouldBe(SettlementStatus.Declined);
        Acquirer.Default = AcquirerBehaviour.Refuse;
        (await Vault.CaptureAsync(payment, 1999, "key")).Value.ShouldNotBeNull().Status.ShouldBe(SettlementStatus.Failed);
        (await Vault.GetAsync(payment)).Status.ShouldBe(PaymentIntentStatus.Authorized);

        Acquirer.Default = AcquirerBehaviour.Approve;
        (await Vault.CaptureAsync(payment, 1999, "key")).Value.ShouldNotBeNull().Status.ShouldBe(SettlementStatus.Successful);
        Moved(await Vault.GetAsync(payment), "captures").ShouldBe(1999);
    }

    [Fact]
    public async Task Money_that_is_not_captured_in_time_is_let_go_or_taken_as_its_creator_said_and_can_not_be_captured_any_more()
    {
        var released = await Vault.HoldAsync();
        var taken = await Vault.HoldAsync(TimeSpan.FromHours(1), AutoExpireAction.Capture);
        Clock.Advance(TimeSpan.FromHours(1));
        (await Vault.CaptureAsync(taken, 1)).Refusal.ShouldBeOfType<Refusal.Conflict>();
        await Vault.KeepHouseAsync();
        (await Vault.GetAsync(taken)).Status.ShouldBe(PaymentIntentStatus.Captured);
        (await Vault.GetAsync(released)).Status.ShouldBe(PaymentIntentStatus.Authorized);

        Clock.Advance(TimeSpan.FromDays(7));
        await Vault.KeepHouseAsync();
        await Vault.KeepHouseAsync();

        (await Vault.GetAsync(released)).Status.ShouldBe(PaymentIntentStatus.Reversed);
        Moved(await Vault.GetAsync(released), "reversals").ShouldBe(1999);
        Moved(await Vault.GetAsync(taken), "captures").ShouldBe(1999);
        (await Vault.GetAsync(released)).Events[^1].Actor.ShouldBe("vault");
    }

    [Fact]
    public async Task Money_that_could_not_be_let_go_in_time_is_tried_again_an_hour_later()
    {
        var payment = await Vault.HoldAsync();
        Clock.Advance(TimeSpan.FromDays(7));
        Acquirer.Default = AcquirerBehaviour.Refuse;
        await Vault.KeepHouseAsync();
        Acquirer.Default = AcquirerBehaviour.Approve;
        await Vault.KeepHouseAsync();
        (await Vault.GetAsync(payment)).Status.ShouldBe(PaymentIntentStatus.Authorized);

        Clock.Advance(TimeSpan.FromHours(1));
        await Vault.KeepHouseAsync();

        (await Vault.GetAsync(payment)).Status.ShouldBe(PaymentIntentStatus.Reversed);
    }
}
