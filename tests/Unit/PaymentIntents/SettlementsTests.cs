using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tests.Unit.Pages;
using Dojo.Pci.Tokenization.Authorization;
using Dojo.Pci.Tokenization.Integrity;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Validation;
using Microsoft.Extensions.Time.Testing;

namespace Dojo.Pci.Tests.Unit.PaymentIntents;

/// <summary>However the acquirer fails: never more is taken than was promised, nor given back than was taken, and in the end it is known what was.</summary>
public sealed class SettlementsTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = Clocks.New();
    private ChargingVault _vault = null!;

    public static TheoryData<int> LostAnswers =>
    [
        (int)AcquirerBehaviour.DropAfterAccepting, (int)AcquirerBehaviour.Nonsense, (int)AcquirerBehaviour.ServerError, (int)AcquirerBehaviour.TwoOutcomes,
    ];

    private ReferenceAcquirer Acquirer => _vault.Acquirer;

    public async ValueTask InitializeAsync() => _vault = await ChargingVault.OpenAsync(_clock);

    public ValueTask DisposeAsync() => _vault.DisposeAsync();

    [Fact]
    public async Task Manual_capture_has_the_money_promised_completes_the_token_and_takes_nothing()
    {
        var payment = await _vault.HoldAsync();

        var held = await _vault.GetAsync(payment);
        (held.Status, held.CaptureMode).ShouldBe((PaymentIntentStatus.Authorized, CaptureMode.Manual));
        held.Events.Select(entry => entry.Type).ShouldBe([PaymentIntentEventType.Created, PaymentIntentEventType.Authorized]);
        Acquirer.PathOf(held.Events[^1].TransactionId!).ShouldBe("/v1/holds");
        Acquirer.TimesCharged.ShouldBe(0);
        (await _vault.GetTokenAsync(payment.SetupIntentId!)).Status.ShouldBe(SetupIntentStatus.Completed);
        (await _vault.TryChargeAsync(payment)).Refusal.ShouldBeOfType<Refusal.WrongState>();
    }

    [Fact]
    public async Task Several_captures_take_what_was_promised_and_not_more()
    {
        var payment = await _vault.HoldAsync();

        (await CaptureAsync(payment, 500)).ShouldBe(SettlementStatus.Successful);
        (await CaptureAsync(payment, 499)).ShouldBe(SettlementStatus.Successful);
        (await _vault.CaptureAsync(payment, 1001)).Refusal.ShouldBeOfType<Refusal.Invalid>().Errors.ShouldHaveSingleItem().Message.ShouldContain("at most 1000");
        (await CaptureAsync(payment, 1000)).ShouldBe(SettlementStatus.Successful);
        (await _vault.CaptureAsync(payment, 1)).Refusal.ShouldBeOfType<Refusal.Conflict>();

        var captured = await _vault.GetAsync(payment);
        captured.Status.ShouldBe(PaymentIntentStatus.Captured);
        captured.Captures.Select(capture => capture.Amount).ShouldBe([500, 499, 1000]);
        Moved(captured, "captures").ShouldBe(1999);
    }

    [Fact]
    public async Task A_reversal_lets_go_once_and_only_before_a_capture()
    {
        var payment = await _vault.HoldAsync();
        var other = await _vault.HoldAsync();

        (await _vault.ReverseAsync(payment)).Value.ShouldNotBeNull().Status.ShouldBe(SettlementStatus.Successful);
        (await _vault.ReverseAsync(payment)).Refusal.ShouldBeOfType<Refusal.Conflict>();
        (await _vault.CaptureAsync(payment, 1)).Refusal.ShouldBeOfType<Refusal.Conflict>();
        (await _vault.RefundAsync(payment, 1, "r")).Refusal.ShouldBeOfType<Refusal.WrongState>();
        (await _vault.GetAsync(payment)).Status.ShouldBe(PaymentIntentStatus.Reversed);

        await CaptureAsync(other, 1);
        (await _vault.ReverseAsync(other)).Refusal.ShouldBeOfType<Refusal.Conflict>();
    }

    [Fact]
    public async Task Refunds_give_back_what_was_taken_in_parts_and_end_it_with_the_last()
    {
        var payment = await _vault.PrepareAsync();
        (await _vault.RefundAsync(payment, 1, "early")).Refusal.ShouldBeOfType<Refusal.WrongState>();
        await _vault.ChargeAsync(payment);

        (await RefundAsync(payment, 1000, "a")).ShouldBe(SettlementStatus.Successful);
        (await _vault.GetAsync(payment)).ShouldSatisfyAllConditions(
            part => part.Status.ShouldBe(PaymentIntentStatus.Captured), part => part.RefundedAmount.ShouldBe(1000));
        (await _vault.RefundAsync(payment, 1000, "b")).Refusal.ShouldBeOfType<Refusal.Invalid>();
        (await RefundAsync(payment, 999, "c")).ShouldBe(SettlementStatus.Successful);

        (await _vault.GetAsync(payment)).ShouldSatisfyAllConditions(
            all => all.Status.ShouldBe(PaymentIntentStatus.Refunded), all => all.RefundedAmount.ShouldBe(1999));
        (await _vault.RefundAsync(payment, 1, "d")).Refusal.ShouldBeOfType<Refusal.WrongState>();
        Moved(await _vault.GetAsync(payment), "refunds").ShouldBe(1999);
    }

    [Fact]
    public async Task A_refund_is_made_once_under_a_key_and_another_request_under_it_is_a_conflict()
    {
        var payment = await _vault.PrepareAsync();
        await _vault.ChargeAsync(payment);

        var first = (await _vault.RefundAsync(payment, 100, "key", "late")).Value.ShouldNotBeNull();
        (await _vault.RefundAsync(payment, 100, "key", "late")).Value.ShouldBe(first);
        (await _vault.RefundAsync(payment, 101, "key", "late")).Refusal.ShouldBeOfType<Refusal.Conflict>();
        (await _vault.RefundAsync(payment, 100, "key", "other")).Refusal.ShouldBeOfType<Refusal.Conflict>();

        Moved(await _vault.GetAsync(payment), "refunds").ShouldBe(100);
    }

    [Fact]
    public async Task Of_64_refunds_at_once_no_more_is_given_back_than_was_taken()
    {
        var payment = await _vault.PrepareAsync();
        await _vault.ChargeAsync(payment);

        var results = await Task.WhenAll(Enumerable.Range(0, 64).Select(call => Task.Run(() => _vault.RefundAsync(payment, 300, $"key-{call}"))));

        results.Count(result => result is { IsSuccess: true, Value.Status: SettlementStatus.Successful }).ShouldBe(6);
        results.ShouldAllBe(result => result.IsSuccess || result.Refusal is Refusal.Invalid);
        var refunded = await _vault.GetAsync(payment);
        refunded.RefundedAmount.ShouldBe(1800);
        Moved(refunded, "refunds").ShouldBe(1800);
    }

    [Fact]
    public async Task Of_64_calls_with_one_key_one_refund_is_made()
    {
        var payment = await _vault.PrepareAsync();
        await _vault.ChargeAsync(payment);

        var results = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => _vault.RefundAsync(payment, 300, "key"))));

        results.Where(result => result.IsSuccess).Select(result => result.Value!.Id).Distinct(StringComparer.Ordinal).ShouldHaveSingleItem();
        results.ShouldAllBe(result => result.IsSuccess || result.Refusal is Refusal.Conflict);
        Moved(await _vault.GetAsync(payment), "refunds").ShouldBe(300);
    }

    [Fact]
    public async Task Of_captures_and_a_reversal_at_once_either_takes_or_lets_go()
    {
        for (var round = 0; round < 5; round++)
        {
            var payment = await _vault.HoldAsync();

            await Task.WhenAll(Enumerable.Range(0, 12).Select(call => Task.Run(() => call % 3 == 0 ? _vault.ReverseAsync(payment) : _vault.CaptureAsync(payment, 1000))));

            var after = await _vault.GetAsync(payment);
            var (captured, reversed) = (Moved(after, "captures"), Moved(after, "reversals"));
            (captured == 0 || reversed == 0).ShouldBeTrue($"captured {captured}, reversed {reversed}");
            captured.ShouldBeLessThanOrEqualTo(1999);
            after.Status.ShouldBe(reversed > 0 ? PaymentIntentStatus.Reversed : PaymentIntentStatus.Captured);
        }
    }

    [Theory]
    [MemberData(nameof(LostAnswers))]
    public async Task A_capture_whose_answer_got_lost_is_asked_about_by_the_next_call_and_not_made_twice(int behaviour)
    {
        var payment = await _vault.HoldAsync();
        Lose((AcquirerBehaviour)behaviour);
        (await CaptureAsync(payment, 500)).ShouldBe(SettlementStatus.Created);
        (await CaptureAsync(payment, 500)).ShouldBe(SettlementStatus.Created, "still nobody knows");
        (await _vault.CaptureAsync(payment, 400)).Refusal.ShouldBeOfType<Refusal.Conflict>();
        (await _vault.GetAsync(payment)).Status.ShouldBe(PaymentIntentStatus.Authorized);

        Recover();
        (await CaptureAsync(payment, 500)).ShouldBe(SettlementStatus.Successful);

        var captured = await _vault.GetAsync(payment);
        Moved(captured, "captures").ShouldBe(500);
        captured.Events.Count(entry => entry.Type == PaymentIntentEventType.Unknown).ShouldBe(1);
        (await CaptureAsync(payment, 500)).ShouldBe(SettlementStatus.Successful);
        Moved(captured, "captures").ShouldBe(1000, "that was another");
    }

    [Theory]
    [MemberData(nameof(LostAnswers))]
    public async Task A_reversal_whose_answer_got_lost_is_found_out_by_the_resolver(int behaviour)
    {
        var payment = await _vault.HoldAsync();
        Lose((AcquirerBehaviour)behaviour);
        (await _vault.ReverseAsync(payment)).Value.ShouldNotBeNull().Status.ShouldBe(SettlementStatus.Created);

        Recover();
        await _vault.KeepHouseAsync();

        (await _vault.GetAsync(payment)).Status.ShouldBe(PaymentIntentStatus.Reversed);
        Moved(await _vault.GetAsync(payment), "reversals").ShouldBe(1999);
    }

    [Theory]
    [MemberData(nameof(LostAnswers))]
    public async Task A_refund_whose_answer_got_lost_holds_its_amount_back_until_it_is_found_out(int behaviour)
    {
        var payment = await _vault.PrepareAsync();
        await _vault.ChargeAsync(payment);
        Lose((AcquirerBehaviour)behaviour);
        (await RefundAsync(payment, 1500, "a")).ShouldBe(SettlementStatus.Created);

        Acquirer.Default = AcquirerBehaviour.Approve;
        (await _vault.RefundAsync(payment, 500, "b")).Refusal.ShouldBeOfType<Refusal.Invalid>();
        (await RefundAsync(payment, 499, "c")).ShouldBe(SettlementStatus.Successful);
        Recover();
        (await RefundAsync(payment, 1500, "a")).ShouldBe(SettlementStatus.Successful);

        var refunded = await _vault.GetAsync(payment);
        (refunded.Status, refunded.RefundedAmount).ShouldBe((PaymentIntentStatus.Refunded, 1999));
        Moved(refunded, "refunds").ShouldBe(1999);
    }

    [Fact]
    public async Task What_the_acquirer_has_never_seen_is_made_anew_under_another_name()
    {
        var payment = await _vault.PrepareAsync();
        await _vault.ChargeAsync(payment);
        Acquirer.Default = AcquirerBehaviour.DropBeforeReading;
        (await RefundAsync(payment, 1999, "a")).ShouldBe(SettlementStatus.Created);

        Recover();
        (await RefundAsync(payment, 1999, "a")).ShouldBe(SettlementStatus.Successful);

        Moved(await _vault.GetAsync(payment), "refunds").ShouldBe(1999);
    }

    [Fact]
    public async Task What_is_declined_or_not_attempted_moves_nothing_and_frees_its_amount()
    {
        var payment = await _vault.HoldAsync();
        Acquirer.Default = AcquirerBehaviour.Decline;
        (await CaptureAsync(payment, 1999)).ShouldBe(SettlementStatus.Declined);
        Acquirer.Default = AcquirerBehaviour.Refuse;
        (await _vault.CaptureAsync(payment, 1999, "key")).Value.ShouldNotBeNull().Status.ShouldBe(SettlementStatus.Failed);
        (await _vault.GetAsync(payment)).Status.ShouldBe(PaymentIntentStatus.Authorized);

        Acquirer.Default = AcquirerBehaviour.Approve;
        (await _vault.CaptureAsync(payment, 1999, "key")).Value.ShouldNotBeNull().Status.ShouldBe(SettlementStatus.Successful);
        Moved(await _vault.GetAsync(payment), "captures").ShouldBe(1999);
    }

    [Fact]
    public async Task Money_that_is_not_captured_in_time_is_let_go_or_taken_as_its_creator_said_and_can_not_be_captured_any_more()
    {
        var released = await _vault.HoldAsync();
        var taken = await _vault.HoldAsync(TimeSpan.FromHours(1), AutoExpireAction.Capture);
        _clock.Advance(TimeSpan.FromHours(1));
        (await _vault.CaptureAsync(taken, 1)).Refusal.ShouldBeOfType<Refusal.Conflict>();
        await _vault.KeepHouseAsync();
        (await _vault.GetAsync(taken)).Status.ShouldBe(PaymentIntentStatus.Captured);
        (await _vault.GetAsync(released)).Status.ShouldBe(PaymentIntentStatus.Authorized);

        _clock.Advance(TimeSpan.FromDays(7));
        await _vault.KeepHouseAsync();
        await _vault.KeepHouseAsync();

        (await _vault.GetAsync(released)).Status.ShouldBe(PaymentIntentStatus.Reversed);
        Moved(await _vault.GetAsync(released), "reversals").ShouldBe(1999);
        Moved(await _vault.GetAsync(taken), "captures").ShouldBe(1999);
        (await _vault.GetAsync(released)).Events[^1].Actor.ShouldBe("vault");
    }

    [Fact]
    public async Task Money_that_could_not_be_let_go_in_time_is_tried_again_an_hour_later()
    {
        var payment = await _vault.HoldAsync();
        _clock.Advance(TimeSpan.FromDays(7));
        Acquirer.Default = AcquirerBehaviour.Refuse;
        await _vault.KeepHouseAsync();
        Acquirer.Default = AcquirerBehaviour.Approve;
        await _vault.KeepHouseAsync();
        (await _vault.GetAsync(payment)).Status.ShouldBe(PaymentIntentStatus.Authorized);

        _clock.Advance(TimeSpan.FromHours(1));
        await _vault.KeepHouseAsync();

        (await _vault.GetAsync(payment)).Status.ShouldBe(PaymentIntentStatus.Reversed);
    }

    [Fact]
    public async Task A_row_that_was_set_back_gets_nothing_moved_again()
    {
        var payment = await _vault.HoldAsync();
        await CaptureAsync(payment, 1999);
        var recordId = (await _vault.GetStoredAsync(payment)).RecordId;
        _vault.Directory.Execute($"UPDATE payment_intents SET captured_amount = 0, status = 'Authorized' WHERE id = {recordId}");

        await Should.ThrowAsync<DamagedRecordException>(() => _vault.CaptureAsync(payment, 1999));
        await Should.ThrowAsync<DamagedRecordException>(() => _vault.ReverseAsync(payment));

        Moved(await _vault.GetAsync(payment), "captures").ShouldBe(1999);
        (await _vault.Get<IIntegrityStore>().FindFaultsAsync(TestContext.Current.CancellationToken)).ShouldNotBeEmpty();
    }

    /// <summary>Random calls, some at once, an acquirer that misbehaves at random, rounds of the resolver and restarts in between.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task What_happens_in_any_order_the_books_agree_with_the_acquirers(int seed)
    {
        var dice = new Random(seed);
        AcquirerBehaviour[] moods =
        [
            AcquirerBehaviour.Approve, AcquirerBehaviour.Approve, AcquirerBehaviour.Approve, AcquirerBehaviour.Decline, AcquirerBehaviour.DropAfterAccepting,
            AcquirerBehaviour.DropBeforeReading, AcquirerBehaviour.ServerError, AcquirerBehaviour.Refuse, AcquirerBehaviour.Nonsense,
        ];
        List<PaymentIntent> payments = [await _vault.HoldAsync(), await _vault.HoldAsync(TimeSpan.FromHours(2), AutoExpireAction.Capture), await _vault.PrepareAsync()];
        await _vault.ChargeAsync(payments[2]);
        Acquirer.ChooseBy(() => Roll(moods));

        for (var step = 0; step < 25; step++)
        {
            Acquirer.DefaultWhenAsked = RollNumber(3) == 0 ? AcquirerBehaviour.ServerError : null;
            var payment = Roll(payments);
            var calls = Enumerable.Range(0, 1 + RollNumber(3)).Select(_ => (Kind: RollNumber(8), Amount: 1 + RollNumber(1200), Key: $"key-{RollNumber(12)}")).ToList();
            await Task.WhenAll(calls.Select(call => Task.Run(() => (call.Kind switch
            {
                0 => _vault.ReverseAsync(payment),
                1 or 2 or 3 => _vault.CaptureAsync(payment, call.Amount, call.Kind == 1 ? call.Key : null),
                _ => _vault.RefundAsync(payment, call.Amount, call.Key),
            }))));
            switch (RollNumber(8))
            {
                case 0:
                    await _vault.KeepHouseAsync();
                    break;
                case 1:
                    await _vault.ReopenAsync();
                    break;
                case 2:
                    _clock.Advance(TimeSpan.FromMinutes(20));
                    break;
            }

            foreach (var each in payments)
            {
                ShouldBePossible(await _vault.GetStoredAsync(each));
            }
        }

        // All is well again: no matter what is open finds its end.
        Acquirer.ChooseBy(null);
        Recover();
        _clock.Advance(TimeSpan.FromMinutes(3));
        await _vault.KeepHouseAsync();
        foreach (var each in payments)
        {
            var (stored, shown) = (await _vault.GetStoredAsync(each), await _vault.GetAsync(each));
            ShouldBePossible(stored);
            (await _vault.Get<ISettlementStore>().ListAsync(stored, TestContext.Current.CancellationToken)).ShouldAllBe(settlement => settlement.Status != SettlementStatus.Created);
            Moved(shown, "refunds").ShouldBe(stored.RefundedAmount);
            if (shown.CaptureMode == CaptureMode.Manual)
            {
                Moved(shown, "captures").ShouldBe(stored.CapturedAmount);
                Moved(shown, "reversals").ShouldBe(stored.Status == PaymentIntentStatus.Reversed ? 1999 : 0);
            }
        }

        (await _vault.Get<IIntegrityStore>().FindFaultsAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();

        T Roll<T>(IReadOnlyList<T> sides) => sides[RollNumber(sides.Count)];

        int RollNumber(int sides)
        {
            lock (dice)
            {
                return dice.Next(sides);
            }
        }
    }

    private static void ShouldBePossible(StoredPaymentIntent payment)
    {
        payment.RefundedAmount.ShouldBeInRange(0, payment.CapturedAmount);
        payment.CapturedAmount.ShouldBeInRange(0, payment.AuthorizedAmount);
        payment.AuthorizedAmount.ShouldBeOneOf(0, payment.Total.Value);
        (payment.Status == PaymentIntentStatus.Refunded).ShouldBe(payment.CapturedAmount > 0 && payment.RefundedAmount == payment.CapturedAmount);
    }

    private long Moved(PaymentIntent payment, string resource) =>
        Acquirer.MovedBy(resource, payment.Events.First(entry => entry.AuthCode is not null).TransactionId!);

    private void Lose(AcquirerBehaviour behaviour) => (Acquirer.Default, Acquirer.DefaultWhenAsked) = (behaviour, behaviour);

    private void Recover() => (Acquirer.Default, Acquirer.DefaultWhenAsked) = (AcquirerBehaviour.Approve, null);

    private async Task<SettlementStatus> CaptureAsync(PaymentIntent payment, long amount) => (await _vault.CaptureAsync(payment, amount)).Value.ShouldNotBeNull().Status;

    private async Task<SettlementStatus> RefundAsync(PaymentIntent payment, long amount, string key) =>
        (await _vault.RefundAsync(payment, amount, key)).Value.ShouldNotBeNull().Status;
}
