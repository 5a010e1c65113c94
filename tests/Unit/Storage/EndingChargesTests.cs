using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tests.Unit.Storage;

/// <summary>How a charge's attempt ends, is taken over, or stays unknown.</summary>
public sealed class EndingChargesTests : PaymentIntentStoreTest
{
    [Fact]
    public async Task Success_captures_completes_the_token_and_lets_go_of_both()
    {
        await BeginAsync();
        await Store.FinishAsync(APayment(Payment), FirstAttempt, Captured);

        (await FindAsync()).ShouldBe(APayment(Payment) with { Status = PaymentIntentStatus.Captured, UpdatedAt = Captured.At, TransactionId = "attempt-1", AuthorizedAmount = 1999, CapturedAmount = 1999 });
        (await Store.ListEventsAsync(await FindAsync(), Ct)).ShouldBe([Created, Captured]);
        var token = await FindTokenAsync();
        token.Status.ShouldBe(SetupIntentStatus.Completed);
        token.UpdatedAt.ShouldBe(Captured.At);
        token.ChargedBy.ShouldBeNull();
        var completed = (await Tokens.ListEventsAsync(Tenant, Token, Ct))[^1];
        (completed.Type, completed.TransactionId, completed.AuthCode).ShouldBe((SetupIntentEventType.Completed, "attempt-1", "A1B2C3"));
    }

    [Theory]
    [InlineData(PaymentIntentEventType.Declined)]
    [InlineData(PaymentIntentEventType.Error)]
    public async Task Without_success_both_are_let_go_as_they_were(PaymentIntentEventType type)
    {
        var entry = new PaymentIntentEvent(type, At.AddSeconds(1), "issuer", "a cause", "attempt-1");
        await BeginAsync();
        await Store.FinishAsync(APayment(Payment), FirstAttempt, entry);

        (await FindAsync()).Status.ShouldBe(PaymentIntentStatus.Created);
        (await FindAsync()).Attempt.ShouldBeNull();
        (await FindTokenAsync()).ShouldSatisfyAllConditions(token => token.ChargedBy.ShouldBeNull(), token => token.Status.ShouldBe(SetupIntentStatus.Authorized));
        (await Store.ListEventsAsync(await FindAsync(), Ct)).ShouldBe([Created, entry]);
        (await Store.BeginAsync(APayment(OtherPayment), SetupIntentStatus.Authorized, FirstAttempt)).ShouldBe(BeginOutcome.Begun);
    }

    [Fact]
    public async Task An_attempt_ends_once()
    {
        await BeginAsync();
        await Store.FinishAsync(APayment(Payment), FirstAttempt, Captured);
        await Store.FinishAsync(APayment(Payment), FirstAttempt, Captured);
        await Store.FinishAsync(APayment(Payment), FirstAttempt, Captured with { Type = PaymentIntentEventType.Declined });

        (await FindAsync()).Status.ShouldBe(PaymentIntentStatus.Captured);
        (await Store.ListEventsAsync(await FindAsync(), Ct)).ShouldBe([Created, Captured]);
        (await Tokens.ListEventsAsync(Tenant, Token, Ct)).Count(entry => entry.Type == SetupIntentEventType.Completed).ShouldBe(1);
    }

    [Fact]
    public async Task An_ended_attempt_does_not_end_the_one_after_it()
    {
        await BeginAsync();
        await Store.FinishAsync(APayment(Payment), FirstAttempt, Captured with { Type = PaymentIntentEventType.Declined });
        var second = new ChargeAttempt("attempt-2", Until);
        await BeginAsync(second);

        await Store.FinishAsync(APayment(Payment), FirstAttempt, Captured);
        await Store.LeaveUnknownAsync(APayment(Payment), FirstAttempt, At, Unknown);

        (await FindAsync()).ShouldBe(APayment(Payment) with { Attempt = second, UpdatedAt = Captured.At });
        (await FindTokenAsync()).ShouldSatisfyAllConditions(token => token.ChargedBy.ShouldBe(Payment), token => token.Status.ShouldBe(SetupIntentStatus.Authorized));
        (await Store.ListEventsAsync(await FindAsync(), Ct)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_further_charge_of_a_completed_token_is_added_to_its_history()
    {
        await BeginAsync();
        await Store.FinishAsync(APayment(Payment), FirstAttempt, Captured);
        await Store.BeginAsync(APayment(OtherPayment), SetupIntentStatus.Completed, FirstAttempt);
        await Store.FinishAsync(APayment(OtherPayment), FirstAttempt, Captured with { TransactionId = "attempt-2" });

        (await FindAsync(OtherPayment)).Status.ShouldBe(PaymentIntentStatus.Captured);
        (await FindTokenAsync()).ShouldSatisfyAllConditions(token => token.Status.ShouldBe(SetupIntentStatus.Completed), token => token.ChargedBy.ShouldBeNull());
        (await Tokens.ListEventsAsync(Tenant, Token, Ct)).Select(entry => entry.TransactionId).ShouldBe([null, "attempt-1", "attempt-2"]);
    }

    [Fact]
    public async Task An_attempt_is_taken_over_once_its_time_is_up_and_by_one()
    {
        await BeginAsync();
        var begun = await FindAsync();

        (await Store.TakeOverAsync(begun, Until.AddMicroseconds(-1), Until.AddMinutes(1))).ShouldBeFalse();
        (await FindAsync()).Attempt.ShouldBe(FirstAttempt);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => Store.TakeOverAsync(begun, Until, Until.AddMinutes(1)), Ct)));
        outcomes.Count(taken => taken).ShouldBe(1);
        (await FindAsync()).Attempt.ShouldBe(FirstAttempt with { Until = Until.AddMinutes(1) });
    }

    [Fact]
    public async Task An_attempt_that_has_ended_or_been_replaced_is_not_taken_over()
    {
        await BeginAsync();
        var begun = await FindAsync();
        await Store.FinishAsync(begun, FirstAttempt, Captured with { Type = PaymentIntentEventType.Declined });
        (await Store.TakeOverAsync(begun, Until, Until.AddMinutes(1))).ShouldBeFalse();

        await BeginAsync(new ChargeAttempt("attempt-2", Until));
        (await Store.TakeOverAsync(begun, Until, Until.AddMinutes(1))).ShouldBeFalse();
        (await FindAsync()).Attempt.ShouldBe(new ChargeAttempt("attempt-2", Until));
    }

    [Fact]
    public async Task Unknown_keeps_the_attempt_until_it_is_asked_about_and_is_one_entry_however_often()
    {
        await BeginAsync();
        await Store.LeaveUnknownAsync(APayment(Payment), FirstAttempt, At.AddSeconds(5), Unknown);
        await Store.LeaveUnknownAsync(APayment(Payment), FirstAttempt, At.AddSeconds(9), Unknown with { At = At.AddSeconds(9) });

        (await FindAsync()).ShouldBe(APayment(Payment) with { Attempt = FirstAttempt with { Until = At.AddSeconds(9) } });
        (await FindTokenAsync()).ChargedBy.ShouldBe(Payment);
        (await Store.ListEventsAsync(await FindAsync(), Ct)).ShouldBe([Created, Unknown]);
        (await Store.CancelAsync(APayment(Payment), Canceled)).ShouldBeFalse();
    }

    [Fact]
    public async Task After_the_end_nothing_is_left_unknown()
    {
        await BeginAsync();
        await Store.FinishAsync(APayment(Payment), FirstAttempt, Captured);
        await Store.LeaveUnknownAsync(APayment(Payment), FirstAttempt, At, Unknown);

        (await FindAsync()).ShouldSatisfyAllConditions(payment => payment.Attempt.ShouldBeNull(), payment => payment.Status.ShouldBe(PaymentIntentStatus.Captured));
        (await Store.ListEventsAsync(await FindAsync(), Ct)).ShouldBe([Created, Captured]);
    }

    [Fact]
    public async Task Only_attempts_whose_time_is_up_are_abandoned_oldest_first_and_no_more_than_asked_for()
    {
        for (var i = 0; i < 3; i++)
        {
            await Tokens.InsertAsync(AToken(10 + i), [], null);
            var payment = APayment(200 + i) with { SetupIntentRecordId = 10 + i };
            await Store.InsertAsync(payment, Created);
            await Store.BeginAsync(payment, SetupIntentStatus.Authorized, new ChargeAttempt($"a{i}", Until.AddSeconds(-i)));
        }

        (await AbandonedAt(Until.AddSeconds(-2).AddMicroseconds(-1))).ShouldBeEmpty();
        (await AbandonedAt(Until.AddSeconds(-2))).ShouldBe([202]);
        (await AbandonedAt(Until)).ShouldBe([202, 201, 200]);
        (await AbandonedAt(Until, limit: 2)).ShouldBe([202, 201]);
    }

    private async Task<IReadOnlyList<long>> AbandonedAt(DateTimeOffset now, int limit = 10) =>
        [.. (await Store.ListAbandonedAsync(Tenant, now, limit, Ct)).Select(payment => payment.RecordId)];
}
