using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tests.Unit.Storage;

/// <summary>The conditions for starting a charge, and what is blocked while it is in progress.</summary>
public sealed class BeginningChargesTests : PaymentIntentStoreTest
{
    [Fact]
    public async Task Beginning_marks_the_payment_intent_and_its_token()
    {
        (await BeginAsync()).ShouldBe(BeginOutcome.Begun);

        (await FindAsync()).ShouldBe(APayment(Payment) with { Attempt = FirstAttempt });
        (await FindTokenAsync()).ChargedBy.ShouldBe(Payment);
    }

    [Fact]
    public async Task A_payment_without_a_token_keeps_the_shoppers_card_and_is_captured()
    {
        var payment = APayment(11) with { SetupIntentRecordId = null, TipsAmount = 1, ServiceChargeAmount = 20, ClientSecret = new ClientSecretState(0, At.AddMinutes(30)) };
        await Store.InsertAsync(payment, Created);
        (await FindAsync(11)).ShouldBe(payment);
        var card = new ShownCard(new MaskedCardNumber("52000000", "1005"), CardScheme.Mastercard, new CardExpiry(2029, 12));

        (await Store.BeginAsync(payment, SetupIntentStatus.Authorized, FirstAttempt)).ShouldBe(BeginOutcome.WrongState, "it has no token");
        (await Store.BeginAsync(APayment(Payment), card, FirstAttempt)).ShouldBe(BeginOutcome.WrongState, "that one has");
        (await Store.BeginAsync(payment, card, FirstAttempt)).ShouldBe(BeginOutcome.Begun);
        (await Store.BeginAsync(payment, card, FirstAttempt)).ShouldBe(BeginOutcome.Busy);
        (await Store.FinishAsync(payment, FirstAttempt, Captured with { Amount = 2020 })).ShouldBeTrue();
        (await Store.FinishAsync(payment, FirstAttempt, Captured with { Amount = 2020 })).ShouldBeFalse();

        (await FindAsync(11)).ShouldBe(payment with
        {
            Status = PaymentIntentStatus.Captured, UpdatedAt = Captured.At, Card = card, TransactionId = "attempt-1", AuthorizedAmount = 2020, CapturedAmount = 2020,
        });
        (await Store.ListEventsAsync(payment, Ct)).ShouldBe([Created, Captured with { Amount = 2020 }]);
    }

    [Fact]
    public async Task What_is_being_charged_is_not_begun_again_and_neither_is_another_of_its_token()
    {
        await BeginAsync();

        (await BeginAsync(new ChargeAttempt("attempt-2", Until.AddDays(1)))).ShouldBe(BeginOutcome.Busy);
        (await Store.BeginAsync(APayment(OtherPayment), SetupIntentStatus.Authorized, FirstAttempt)).ShouldBe(BeginOutcome.Busy);

        (await FindAsync()).Attempt.ShouldBe(FirstAttempt);
        (await FindAsync(OtherPayment)).Attempt.ShouldBeNull();
        (await FindTokenAsync()).ChargedBy.ShouldBe(Payment);
    }

    [Fact]
    public async Task Of_many_that_begin_at_once_one_does()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 32).Select(call => Task.Run(
            () => Store.BeginAsync(APayment(call % 2 == 0 ? Payment : OtherPayment), SetupIntentStatus.Authorized, new ChargeAttempt($"attempt-{call}", Until)), Ct)));

        outcomes.Count(outcome => outcome == BeginOutcome.Begun).ShouldBe(1);
        outcomes.Count(outcome => outcome == BeginOutcome.Busy).ShouldBe(31);
        var begun = new[] { await FindAsync(), await FindAsync(OtherPayment) }.Single(payment => payment.Attempt is not null);
        (await FindTokenAsync()).ChargedBy.ShouldBe(begun.RecordId);
    }

    [Fact]
    public async Task A_token_that_is_not_any_more_what_it_was_judged_to_be_is_not_begun()
    {
        await BeginAsync();
        await Store.FinishAsync(APayment(Payment), FirstAttempt, Captured);
        (await FindTokenAsync()).Status.ShouldBe(SetupIntentStatus.Completed);

        (await Store.BeginAsync(APayment(OtherPayment), SetupIntentStatus.Authorized, FirstAttempt)).ShouldBe(BeginOutcome.WrongState);
        (await FindAsync(OtherPayment)).Attempt.ShouldBeNull();
        (await FindTokenAsync()).ChargedBy.ShouldBeNull();

        // With Completed as the expected status, further charges are allowed.
        (await Store.BeginAsync(APayment(OtherPayment), SetupIntentStatus.Completed, FirstAttempt)).ShouldBe(BeginOutcome.Begun);
    }

    [Fact]
    public async Task A_token_without_its_card_is_not_begun_and_the_payment_intent_not_marked()
    {
        await Tokens.InsertAsync(AToken(2) with { Card = AToken(2).Card! with { SealedRecord = null }, Reference = "r2" }, [], null);
        await Store.InsertAsync(APayment(9) with { SetupIntentRecordId = 2 }, Created);

        (await Store.BeginAsync(APayment(9) with { SetupIntentRecordId = 2 }, SetupIntentStatus.Authorized, FirstAttempt)).ShouldBe(BeginOutcome.WrongState);

        (await FindAsync(9)).Attempt.ShouldBeNull();
        (await Tokens.FindAsync(Tenant, 2, Ct)).ShouldNotBeNull().ChargedBy.ShouldBeNull();
    }

    [Fact]
    public async Task What_is_canceled_is_not_begun_and_its_token_not_marked()
    {
        await Store.CancelAsync(APayment(Payment), Canceled);

        (await BeginAsync()).ShouldBe(BeginOutcome.WrongState);
        (await FindTokenAsync()).ChargedBy.ShouldBeNull();
    }

    [Fact]
    public async Task What_is_being_charged_is_not_cancelled()
    {
        await BeginAsync();
        (await Store.CancelAsync(APayment(Payment), Canceled)).ShouldBeFalse();

        await Store.FinishAsync(APayment(Payment), FirstAttempt, Captured);
        (await Store.CancelAsync(APayment(Payment), Canceled)).ShouldBeFalse();

        (await FindAsync()).Status.ShouldBe(PaymentIntentStatus.Captured);
        (await Store.ListEventsAsync(await FindAsync(), Ct)).ShouldBe([Created, Captured]);
    }

    [Fact]
    public async Task What_is_being_charged_keeps_its_token_and_the_tokens_card()
    {
        var before = await FindTokenAsync();
        await BeginAsync();

        (await Tokens.ApplyAsync(SetupIntentLife.Move(before, SetupIntentTrigger.Close, At, "key:1", "deleted on request")!)).ShouldBeNull();
        await Tokens.DestroyCardDataAsync(before, new SetupIntentEvent(SetupIntentEventType.CardDataDestroyed, At, "vault", "the retention period has ended"));

        var token = await FindTokenAsync();
        token.Status.ShouldBe(SetupIntentStatus.Authorized);
        token.Card!.SealedRecord.ShouldBe(before.Card!.SealedRecord);
        (await Tokens.ListEventsAsync(Tenant, Token, Ct)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_is_being_charged_is_not_due_until_the_charge_has_ended()
    {
        await Tokens.InsertAsync(AToken(2) with { DueAt = At }, [], null);
        var payment = APayment(9) with { SetupIntentRecordId = 2 };
        await Store.InsertAsync(payment, Created);
        (await Tokens.ListDueAsync(Tenant, At, 10, Ct)).ShouldHaveSingleItem().RecordId.ShouldBe(2);

        await Store.BeginAsync(payment, SetupIntentStatus.Authorized, FirstAttempt);
        (await Tokens.ListDueAsync(Tenant, At, 10, Ct)).ShouldBeEmpty("a sweep that finds what it cannot change never ends");

        await Store.FinishAsync(payment, FirstAttempt, Captured with { Type = PaymentIntentEventType.Declined });
        (await Tokens.ListDueAsync(Tenant, At, 10, Ct)).ShouldHaveSingleItem().RecordId.ShouldBe(2);
    }
}
