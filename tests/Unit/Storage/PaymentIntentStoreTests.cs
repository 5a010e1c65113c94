using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tests.Unit.Storage;

/// <summary>What every engine has to keep of payment intents. It is run on each: see <see cref="TestDatabase"/>.</summary>
public sealed class PaymentIntentStoreTests : IAsyncLifetime
{
    private const long Token = 1;
    private const long Payment = 101;
    private const long OtherPayment = 102;
    private static readonly DateTimeOffset s_at = new DateTimeOffset(2026, 6, 15, 9, 30, 0, TimeSpan.Zero).AddMicroseconds(123_457);
    private static readonly DateTimeOffset s_until = s_at.AddMinutes(1);
    private static readonly ChargeAttempt s_attempt = new("attempt-1", s_until);
    private TestVault _vault = null!;
    private Tenant _tenant;
    private Tenant _stranger;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IPaymentIntentStore Store => _vault.Get<IPaymentIntentStore>();

    private ISetupIntentStore Tokens => _vault.Get<ISetupIntentStore>();

    public async ValueTask InitializeAsync()
    {
        _vault = await TestVault.OpenAsync();
        _tenant = await _vault.NewTenantAsync();
        _stranger = await _vault.NewTenantAsync();
        await Tokens.InsertAsync(AToken(Token), [new(SetupIntentEventType.Created, s_at, "key:1", "created on request")], null);
        await InsertAsync(Payment);
        await InsertAsync(OtherPayment);
    }

    public async ValueTask DisposeAsync()
    {
        await _vault.DisposeAsync();
    }

    [Fact]
    public async Task What_is_inserted_is_found_by_its_tenant_exactly_as_it_was()
    {
        Dictionary<string, string> metadata = new(StringComparer.Ordinal) { ["z"] = "1", ["a"] = "\u2028<é\U0001F4B3>" };
        var intent = APayment(7) with
        {
            Amount = new Money(MoneyRules.LargestValue, "EUR"),
            Reference = "Zwölf'; DROP TABLE accounts; --",
            Metadata = metadata,
            DetailsJson = """{"description":"Zimmer"}""",
            UpdatedAt = s_at.AddMicroseconds(1),
            ExpireAt = s_at.AddDays(30).AddMicroseconds(2),
        };
        await Store.InsertAsync(intent, Created);

        var found = (await Store.FindAsync(_tenant, 7, Ct)).ShouldNotBeNull();

        found.Metadata.ShouldNotBeNull().ToArray().ShouldBe(metadata.ToArray());
        (found with { Metadata = null }).ShouldBe(intent with { Metadata = null });
    }

    [Fact]
    public async Task What_was_not_given_is_found_as_nothing()
    {
        var found = await FindAsync();

        found.ShouldBe(APayment(Payment));
        (await Store.ListEventsAsync(found, Ct)).ShouldBe([Created]);
    }

    [Fact]
    public async Task A_record_id_is_never_used_twice_and_a_failed_insert_leaves_no_event()
    {
        await Should.ThrowAsync<Exception>(() => Store.InsertAsync(APayment(Payment) with { Reference = "other" }, Created));
        await Should.ThrowAsync<Exception>(() => Store.InsertAsync(APayment(8), Created with { Actor = null! }));

        (await FindAsync()).Reference.ShouldBe("reference");
        (await Store.ListEventsAsync(await FindAsync(), Ct)).ShouldBe([Created]);
        (await Store.FindAsync(_tenant, 8, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task The_last_record_id_counts_payment_intents_too() => (await Tokens.FindLastRecordIdAsync(Ct)).ShouldBe(OtherPayment);

    [Fact]
    public async Task No_other_location_environment_or_account_finds_it_or_its_events()
    {
        foreach (var other in Others())
        {
            (await Store.FindAsync(other, Payment, Ct)).ShouldBeNull();
            (await Store.ListEventsAsync(APayment(Payment) with { Tenant = other }, Ct)).ShouldBeEmpty();
        }

        (await Store.FindAsync(_tenant, Payment, Ct)).ShouldNotBeNull();
    }

    [Fact]
    public async Task No_other_tenant_changes_it()
    {
        foreach (var other in Others())
        {
            var theirs = APayment(Payment) with { Tenant = other };
            (await Store.CancelAsync(theirs, Canceled)).ShouldBeFalse();
            (await Store.BeginAsync(theirs, SetupIntentStatus.Authorized, s_attempt)).ShouldBe(BeginOutcome.WrongState);
        }

        (await FindAsync()).ShouldBe(APayment(Payment));
        (await FindTokenAsync()).ChargedBy.ShouldBeNull();
        (await Store.ListEventsAsync(await FindAsync(), Ct)).ShouldBe([Created]);
    }

    [Fact]
    public async Task No_other_tenant_ends_or_takes_over_its_attempt()
    {
        await BeginAsync();
        foreach (var other in Others())
        {
            var theirs = APayment(Payment) with { Tenant = other, Attempt = s_attempt };
            (await Store.TakeOverAsync(theirs, s_until, s_until.AddMinutes(1))).ShouldBeFalse();
            await Store.LeaveUnknownAsync(theirs, s_attempt, s_at, Unknown);
            await Store.FinishAsync(theirs, s_attempt, Captured);
            (await Store.ListAbandonedAsync(other, s_until, 10, Ct)).ShouldBeEmpty();
        }

        (await FindAsync()).ShouldBe(APayment(Payment) with { Attempt = s_attempt });
        (await FindTokenAsync()).ShouldSatisfyAllConditions(token => token.ChargedBy.ShouldBe(Payment), token => token.Status.ShouldBe(SetupIntentStatus.Authorized));
        (await Store.ListEventsAsync(await FindAsync(), Ct)).ShouldBe([Created]);
    }

    [Fact]
    public async Task Beginning_marks_the_payment_intent_and_its_token()
    {
        (await BeginAsync()).ShouldBe(BeginOutcome.Begun);

        (await FindAsync()).ShouldBe(APayment(Payment) with { Attempt = s_attempt });
        (await FindTokenAsync()).ChargedBy.ShouldBe(Payment);
    }

    [Fact]
    public async Task A_payment_without_a_token_keeps_the_shoppers_card_and_is_captured()
    {
        var payment = APayment(11) with { SetupIntentRecordId = null, TipsAmount = 1, ServiceChargeAmount = 20, ClientSecret = new ClientSecretState(0, s_at.AddMinutes(30)) };
        await Store.InsertAsync(payment, Created);
        (await FindAsync(11)).ShouldBe(payment);
        var card = new ShownCard(new MaskedCardNumber("52000000", "1005"), CardScheme.Mastercard, new CardExpiry(2029, 12));

        (await Store.BeginAsync(payment, SetupIntentStatus.Authorized, s_attempt)).ShouldBe(BeginOutcome.WrongState, "it has no token");
        (await Store.BeginAsync(APayment(Payment), card, s_attempt)).ShouldBe(BeginOutcome.WrongState, "that one has");
        (await Store.BeginAsync(payment, card, s_attempt)).ShouldBe(BeginOutcome.Begun);
        (await Store.BeginAsync(payment, card, s_attempt)).ShouldBe(BeginOutcome.Busy);
        (await Store.FinishAsync(payment, s_attempt, Captured with { Amount = 2020 })).ShouldBeTrue();
        (await Store.FinishAsync(payment, s_attempt, Captured with { Amount = 2020 })).ShouldBeFalse();

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

        (await BeginAsync(new ChargeAttempt("attempt-2", s_until.AddDays(1)))).ShouldBe(BeginOutcome.Busy);
        (await Store.BeginAsync(APayment(OtherPayment), SetupIntentStatus.Authorized, s_attempt)).ShouldBe(BeginOutcome.Busy);

        (await FindAsync()).Attempt.ShouldBe(s_attempt);
        (await FindAsync(OtherPayment)).Attempt.ShouldBeNull();
        (await FindTokenAsync()).ChargedBy.ShouldBe(Payment);
    }

    [Fact]
    public async Task Of_many_that_begin_at_once_one_does()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 32).Select(call => Task.Run(
            () => Store.BeginAsync(APayment(call % 2 == 0 ? Payment : OtherPayment), SetupIntentStatus.Authorized, new ChargeAttempt($"attempt-{call}", s_until)), Ct)));

        outcomes.Count(outcome => outcome == BeginOutcome.Begun).ShouldBe(1);
        outcomes.Count(outcome => outcome == BeginOutcome.Busy).ShouldBe(31);
        var begun = new[] { await FindAsync(), await FindAsync(OtherPayment) }.Single(payment => payment.Attempt is not null);
        (await FindTokenAsync()).ChargedBy.ShouldBe(begun.RecordId);
    }

    [Fact]
    public async Task A_token_that_is_not_any_more_what_it_was_judged_to_be_is_not_begun()
    {
        await BeginAsync();
        await Store.FinishAsync(APayment(Payment), s_attempt, Captured);
        (await FindTokenAsync()).Status.ShouldBe(SetupIntentStatus.Completed);

        (await Store.BeginAsync(APayment(OtherPayment), SetupIntentStatus.Authorized, s_attempt)).ShouldBe(BeginOutcome.WrongState);
        (await FindAsync(OtherPayment)).Attempt.ShouldBeNull();
        (await FindTokenAsync()).ChargedBy.ShouldBeNull();

        // Where further charges are allowed, it was validated so.
        (await Store.BeginAsync(APayment(OtherPayment), SetupIntentStatus.Completed, s_attempt)).ShouldBe(BeginOutcome.Begun);
    }

    [Fact]
    public async Task A_token_without_its_card_is_not_begun_and_the_payment_intent_not_marked()
    {
        await Tokens.InsertAsync(AToken(2) with { Card = AToken(2).Card! with { SealedRecord = null }, Reference = "r2" }, [], null);
        await Store.InsertAsync(APayment(9) with { SetupIntentRecordId = 2 }, Created);

        (await Store.BeginAsync(APayment(9) with { SetupIntentRecordId = 2 }, SetupIntentStatus.Authorized, s_attempt)).ShouldBe(BeginOutcome.WrongState);

        (await FindAsync(9)).Attempt.ShouldBeNull();
        (await Tokens.FindAsync(_tenant, 2, Ct)).ShouldNotBeNull().ChargedBy.ShouldBeNull();
    }

    [Fact]
    public async Task What_is_canceled_is_not_begun_and_its_token_not_marked()
    {
        await Store.CancelAsync(APayment(Payment), Canceled);

        (await BeginAsync()).ShouldBe(BeginOutcome.WrongState);
        (await FindTokenAsync()).ChargedBy.ShouldBeNull();
    }

    [Fact]
    public async Task Cancelling_happens_once_with_its_event()
    {
        (await Store.CancelAsync(APayment(Payment), Canceled)).ShouldBeTrue();
        (await Store.CancelAsync(APayment(Payment), Canceled)).ShouldBeFalse();

        (await FindAsync()).ShouldBe(APayment(Payment) with { Status = PaymentIntentStatus.Canceled, UpdatedAt = Canceled.At });
        (await Store.ListEventsAsync(await FindAsync(), Ct)).ShouldBe([Created, Canceled]);
        (await FindAsync(OtherPayment)).Status.ShouldBe(PaymentIntentStatus.Created);
    }

    [Fact]
    public async Task What_is_being_charged_is_not_cancelled()
    {
        await BeginAsync();
        (await Store.CancelAsync(APayment(Payment), Canceled)).ShouldBeFalse();

        await Store.FinishAsync(APayment(Payment), s_attempt, Captured);
        (await Store.CancelAsync(APayment(Payment), Canceled)).ShouldBeFalse();

        (await FindAsync()).Status.ShouldBe(PaymentIntentStatus.Captured);
        (await Store.ListEventsAsync(await FindAsync(), Ct)).ShouldBe([Created, Captured]);
    }

    [Fact]
    public async Task What_is_being_charged_keeps_its_token_and_the_tokens_card()
    {
        var before = await FindTokenAsync();
        await BeginAsync();

        (await Tokens.ApplyAsync(SetupIntentLife.Move(before, SetupIntentTrigger.Close, s_at, "key:1", "deleted on request")!)).ShouldBeNull();
        await Tokens.DestroyCardDataAsync(before, new SetupIntentEvent(SetupIntentEventType.CardDataDestroyed, s_at, "vault", "the retention period has ended"));

        var token = await FindTokenAsync();
        token.Status.ShouldBe(SetupIntentStatus.Authorized);
        token.Card!.SealedRecord.ShouldBe(before.Card!.SealedRecord);
        (await Tokens.ListEventsAsync(_tenant, Token, Ct)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_is_being_charged_is_not_due_until_the_charge_has_ended()
    {
        await Tokens.InsertAsync(AToken(2) with { DueAt = s_at }, [], null);
        var payment = APayment(9) with { SetupIntentRecordId = 2 };
        await Store.InsertAsync(payment, Created);
        (await Tokens.ListDueAsync(_tenant, s_at, 10, Ct)).ShouldHaveSingleItem().RecordId.ShouldBe(2);

        await Store.BeginAsync(payment, SetupIntentStatus.Authorized, s_attempt);
        (await Tokens.ListDueAsync(_tenant, s_at, 10, Ct)).ShouldBeEmpty("a sweep that finds what it cannot change never ends");

        await Store.FinishAsync(payment, s_attempt, Captured with { Type = PaymentIntentEventType.Declined });
        (await Tokens.ListDueAsync(_tenant, s_at, 10, Ct)).ShouldHaveSingleItem().RecordId.ShouldBe(2);
    }

    [Fact]
    public async Task Success_captures_completes_the_token_and_lets_go_of_both()
    {
        await BeginAsync();
        await Store.FinishAsync(APayment(Payment), s_attempt, Captured);

        (await FindAsync()).ShouldBe(APayment(Payment) with { Status = PaymentIntentStatus.Captured, UpdatedAt = Captured.At, TransactionId = "attempt-1", AuthorizedAmount = 1999, CapturedAmount = 1999 });
        (await Store.ListEventsAsync(await FindAsync(), Ct)).ShouldBe([Created, Captured]);
        var token = await FindTokenAsync();
        token.Status.ShouldBe(SetupIntentStatus.Completed);
        token.UpdatedAt.ShouldBe(Captured.At);
        token.ChargedBy.ShouldBeNull();
        var completed = (await Tokens.ListEventsAsync(_tenant, Token, Ct))[^1];
        (completed.Type, completed.TransactionId, completed.AuthCode).ShouldBe((SetupIntentEventType.Completed, "attempt-1", "A1B2C3"));
    }

    [Theory]
    [InlineData(PaymentIntentEventType.Declined)]
    [InlineData(PaymentIntentEventType.Error)]
    public async Task Without_success_both_are_let_go_as_they_were(PaymentIntentEventType type)
    {
        var entry = new PaymentIntentEvent(type, s_at.AddSeconds(1), "issuer", "a cause", "attempt-1");
        await BeginAsync();
        await Store.FinishAsync(APayment(Payment), s_attempt, entry);

        (await FindAsync()).Status.ShouldBe(PaymentIntentStatus.Created);
        (await FindAsync()).Attempt.ShouldBeNull();
        (await FindTokenAsync()).ShouldSatisfyAllConditions(token => token.ChargedBy.ShouldBeNull(), token => token.Status.ShouldBe(SetupIntentStatus.Authorized));
        (await Store.ListEventsAsync(await FindAsync(), Ct)).ShouldBe([Created, entry]);
        (await Store.BeginAsync(APayment(OtherPayment), SetupIntentStatus.Authorized, s_attempt)).ShouldBe(BeginOutcome.Begun);
    }

    [Fact]
    public async Task An_attempt_ends_once()
    {
        await BeginAsync();
        await Store.FinishAsync(APayment(Payment), s_attempt, Captured);
        await Store.FinishAsync(APayment(Payment), s_attempt, Captured);
        await Store.FinishAsync(APayment(Payment), s_attempt, Captured with { Type = PaymentIntentEventType.Declined });

        (await FindAsync()).Status.ShouldBe(PaymentIntentStatus.Captured);
        (await Store.ListEventsAsync(await FindAsync(), Ct)).ShouldBe([Created, Captured]);
        (await Tokens.ListEventsAsync(_tenant, Token, Ct)).Count(entry => entry.Type == SetupIntentEventType.Completed).ShouldBe(1);
    }

    [Fact]
    public async Task An_ended_attempt_does_not_end_the_one_after_it()
    {
        await BeginAsync();
        await Store.FinishAsync(APayment(Payment), s_attempt, Captured with { Type = PaymentIntentEventType.Declined });
        var second = new ChargeAttempt("attempt-2", s_until);
        await BeginAsync(second);

        await Store.FinishAsync(APayment(Payment), s_attempt, Captured);
        await Store.LeaveUnknownAsync(APayment(Payment), s_attempt, s_at, Unknown);

        (await FindAsync()).ShouldBe(APayment(Payment) with { Attempt = second, UpdatedAt = Captured.At });
        (await FindTokenAsync()).ShouldSatisfyAllConditions(token => token.ChargedBy.ShouldBe(Payment), token => token.Status.ShouldBe(SetupIntentStatus.Authorized));
        (await Store.ListEventsAsync(await FindAsync(), Ct)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_further_charge_of_a_completed_token_is_added_to_its_history()
    {
        await BeginAsync();
        await Store.FinishAsync(APayment(Payment), s_attempt, Captured);
        await Store.BeginAsync(APayment(OtherPayment), SetupIntentStatus.Completed, s_attempt);
        await Store.FinishAsync(APayment(OtherPayment), s_attempt, Captured with { TransactionId = "attempt-2" });

        (await FindAsync(OtherPayment)).Status.ShouldBe(PaymentIntentStatus.Captured);
        (await FindTokenAsync()).ShouldSatisfyAllConditions(token => token.Status.ShouldBe(SetupIntentStatus.Completed), token => token.ChargedBy.ShouldBeNull());
        (await Tokens.ListEventsAsync(_tenant, Token, Ct)).Select(entry => entry.TransactionId).ShouldBe([null, "attempt-1", "attempt-2"]);
    }

    [Fact]
    public async Task An_attempt_is_taken_over_once_its_time_is_up_and_by_one()
    {
        await BeginAsync();
        var begun = await FindAsync();

        (await Store.TakeOverAsync(begun, s_until.AddMicroseconds(-1), s_until.AddMinutes(1))).ShouldBeFalse();
        (await FindAsync()).Attempt.ShouldBe(s_attempt);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => Store.TakeOverAsync(begun, s_until, s_until.AddMinutes(1)), Ct)));
        outcomes.Count(taken => taken).ShouldBe(1);
        (await FindAsync()).Attempt.ShouldBe(s_attempt with { Until = s_until.AddMinutes(1) });
    }

    [Fact]
    public async Task An_attempt_that_has_ended_or_been_replaced_is_not_taken_over()
    {
        await BeginAsync();
        var begun = await FindAsync();
        await Store.FinishAsync(begun, s_attempt, Captured with { Type = PaymentIntentEventType.Declined });
        (await Store.TakeOverAsync(begun, s_until, s_until.AddMinutes(1))).ShouldBeFalse();

        await BeginAsync(new ChargeAttempt("attempt-2", s_until));
        (await Store.TakeOverAsync(begun, s_until, s_until.AddMinutes(1))).ShouldBeFalse();
        (await FindAsync()).Attempt.ShouldBe(new ChargeAttempt("attempt-2", s_until));
    }

    [Fact]
    public async Task Unknown_keeps_the_attempt_until_it_is_asked_about_and_is_one_entry_however_often()
    {
        await BeginAsync();
        await Store.LeaveUnknownAsync(APayment(Payment), s_attempt, s_at.AddSeconds(5), Unknown);
        await Store.LeaveUnknownAsync(APayment(Payment), s_attempt, s_at.AddSeconds(9), Unknown with { At = s_at.AddSeconds(9) });

        (await FindAsync()).ShouldBe(APayment(Payment) with { Attempt = s_attempt with { Until = s_at.AddSeconds(9) } });
        (await FindTokenAsync()).ChargedBy.ShouldBe(Payment);
        (await Store.ListEventsAsync(await FindAsync(), Ct)).ShouldBe([Created, Unknown]);
        (await Store.CancelAsync(APayment(Payment), Canceled)).ShouldBeFalse();
    }

    [Fact]
    public async Task After_the_end_nothing_is_left_unknown()
    {
        await BeginAsync();
        await Store.FinishAsync(APayment(Payment), s_attempt, Captured);
        await Store.LeaveUnknownAsync(APayment(Payment), s_attempt, s_at, Unknown);

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
            await Store.BeginAsync(payment, SetupIntentStatus.Authorized, new ChargeAttempt($"a{i}", s_until.AddSeconds(-i)));
        }

        (await AbandonedAt(s_until.AddSeconds(-2).AddMicroseconds(-1))).ShouldBeEmpty();
        (await AbandonedAt(s_until.AddSeconds(-2))).ShouldBe([202]);
        (await AbandonedAt(s_until)).ShouldBe([202, 201, 200]);
        (await AbandonedAt(s_until, limit: 2)).ShouldBe([202, 201]);
    }

    private static PaymentIntentEvent Created => new(PaymentIntentEventType.Created, s_at, "key:1", "created on request");

    private static PaymentIntentEvent Canceled => new(PaymentIntentEventType.Canceled, s_at.AddSeconds(1), "key:1", "deleted on request");

    private static PaymentIntentEvent Captured => new(PaymentIntentEventType.Captured, s_at.AddSeconds(2), "issuer", "the issuer approved", "attempt-1", "A1B2C3", 1999);

    private static PaymentIntentEvent Unknown => new(PaymentIntentEventType.Unknown, s_at.AddSeconds(1), "issuer", "the issuer's answer is not known", "attempt-1");

    /// <summary>The tenants that differ from this one in one part each, and one that differs in all.</summary>
    private Tenant[] Others() =>
    [
        _stranger,
        _tenant with { Location = _stranger.Location },
        _tenant with { Account = _stranger.Account },
        _tenant with { Environment = TenantEnvironment.Production },
    ];

    private StoredSetupIntent AToken(long recordId) => new(
        recordId,
        _tenant,
        SetupIntentStatus.Authorized,
        s_at,
        s_at,
        "reference",
        Description: null,
        Metadata: null,
        new StoredCard(new MaskedCardNumber("41111111", "1111"), CardScheme.Visa, new CardExpiry(2029, 12), [1, 2, 3], [4, 5, 6]));

    private StoredPaymentIntent APayment(long recordId) => new(
        recordId,
        _tenant,
        Token,
        PaymentIntentStatus.Created,
        new Money(1999, "GBP"),
        "reference",
        Metadata: null,
        DetailsJson: null,
        s_at,
        s_at,
        s_at.AddDays(30),
        Attempt: null);

    private Task InsertAsync(long recordId) => Store.InsertAsync(APayment(recordId), Created);

    private Task<BeginOutcome> BeginAsync(ChargeAttempt? attempt = null) =>
        Store.BeginAsync(APayment(Payment), SetupIntentStatus.Authorized, attempt ?? s_attempt);

    private async Task<StoredPaymentIntent> FindAsync(long recordId = Payment) => (await Store.FindAsync(_tenant, recordId, Ct)).ShouldNotBeNull();

    private async Task<StoredSetupIntent> FindTokenAsync() => (await Tokens.FindAsync(_tenant, Token, Ct)).ShouldNotBeNull();

    private async Task<IReadOnlyList<long>> AbandonedAt(DateTimeOffset now, int limit = 10) =>
        [.. (await Store.ListAbandonedAsync(_tenant, now, limit, Ct)).Select(payment => payment.RecordId)];
}
