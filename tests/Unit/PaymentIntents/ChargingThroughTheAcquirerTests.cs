using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tests.Unit.Pages;
using Dojo.Pci.Tokenization.Authorization;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;
using Microsoft.Extensions.Time.Testing;

namespace Dojo.Pci.Tests.Unit.PaymentIntents;

/// <summary>However the acquirer fails, money is taken once or not at all, and in the end it is known which.</summary>
public sealed class ChargingThroughTheAcquirerTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = Clocks.New();
    private ChargingVault _vault = null!;

    public static TheoryData<int> LostAnswers =>
    [
        (int)AcquirerBehaviour.DropAfterAccepting,
        (int)AcquirerBehaviour.Nonsense,
        (int)AcquirerBehaviour.ServerError,
        (int)AcquirerBehaviour.TwoOutcomes,
    ];

    private ReferenceAcquirer Acquirer => _vault.Acquirer;

    public async ValueTask InitializeAsync() => _vault = await ChargingVault.OpenAsync(_clock);

    public ValueTask DisposeAsync() => _vault.DisposeAsync();

    [Fact]
    public async Task An_approved_charge_takes_the_amount_once_and_completes_the_token()
    {
        var payment = await _vault.PrepareAsync();

        (await _vault.ChargeAsync(payment)).ShouldBe(ChargeStatus.Successful);

        var charged = await _vault.GetAsync(payment);
        charged.Status.ShouldBe(PaymentIntentStatus.Captured);
        var captured = charged.Events.Single(entry => entry.Type == PaymentIntentEventType.Captured);
        captured.AuthCode.ShouldBe(ReferenceAcquirer.AuthCode);
        Acquirer.PathOf(captured.TransactionId!).ShouldBe("/v1/charges");
        Acquirer.BodyOf(captured.TransactionId!)!["amount"]!.ToJsonString().ShouldBe("""{"value":1999,"currencyCode":"GBP"}""");
        Acquirer.BodyOf(captured.TransactionId!)!["card"]!["number"]!.GetValue<string>().ShouldBe(VaultSamples.Unlisted);
        Acquirer.TimesCharged.ShouldBe(1);
        var token = await _vault.GetTokenAsync(payment.SetupIntentId!);
        token.Status.ShouldBe(SetupIntentStatus.Completed);
        token.Events.ShouldNotBeNull()[^1].TransactionId.ShouldBe(captured.TransactionId);
    }

    [Fact]
    public async Task A_declined_charge_leaves_both_as_they_were_and_may_be_tried_again_under_another_name()
    {
        var payment = await _vault.PrepareAsync();
        Acquirer.Default = AcquirerBehaviour.Decline;
        (await _vault.ChargeAsync(payment)).ShouldBe(ChargeStatus.Declined);

        (await _vault.GetAsync(payment)).Status.ShouldBe(PaymentIntentStatus.Created);
        (await _vault.GetTokenAsync(payment.SetupIntentId!)).Status.ShouldBe(SetupIntentStatus.Authorized);
        (await _vault.GetStoredTokenAsync(payment.SetupIntentId!)).ChargedBy.ShouldBeNull();

        Acquirer.Default = AcquirerBehaviour.Approve;
        (await _vault.ChargeAsync(payment)).ShouldBe(ChargeStatus.Successful);
        var events = (await _vault.GetAsync(payment)).Events;
        events.Select(entry => entry.Type).ShouldBe([PaymentIntentEventType.Created, PaymentIntentEventType.Declined, PaymentIntentEventType.Captured]);
        events[2].TransactionId.ShouldNotBe(events[1].TransactionId, StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_refused_request_has_charged_nothing_and_may_be_tried_again()
    {
        var payment = await _vault.PrepareAsync();
        Acquirer.Default = AcquirerBehaviour.Refuse;
        (await _vault.ChargeAsync(payment)).ShouldBe(ChargeStatus.Failed);
        (await _vault.GetAsync(payment)).Events[^1].Type.ShouldBe(PaymentIntentEventType.Error);
        Acquirer.TimesCharged.ShouldBe(0);

        Acquirer.Default = AcquirerBehaviour.Approve;
        (await _vault.ChargeAsync(payment)).ShouldBe(ChargeStatus.Successful);
        Acquirer.TimesCharged.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(LostAnswers))]
    public async Task After_a_lost_answer_the_next_call_asks_and_does_not_charge_again(int behaviour)
    {
        var payment = await LoseAnswerAsync((AcquirerBehaviour)behaviour);
        (await _vault.GetAsync(payment)).Status.ShouldBe(PaymentIntentStatus.Created);
        (await _vault.GetTokenAsync(payment.SetupIntentId!)).Status.ShouldBe(SetupIntentStatus.Authorized);

        Acquirer.DefaultWhenAsked = null;
        (await _vault.ChargeAsync(payment)).ShouldBe(ChargeStatus.Successful);

        await ShouldBeChargedOnceAsync(payment);
    }

    [Theory]
    [MemberData(nameof(LostAnswers))]
    public async Task After_a_lost_answer_housekeeping_asks_and_does_not_charge_again(int behaviour)
    {
        var payment = await LoseAnswerAsync((AcquirerBehaviour)behaviour);

        Acquirer.DefaultWhenAsked = null;
        await _vault.KeepHouseAsync();

        await ShouldBeChargedOnceAsync(payment);
    }

    [Fact]
    public async Task As_long_as_nothing_is_known_every_call_says_so_and_the_history_says_it_once()
    {
        var payment = await LoseAnswerAsync(AcquirerBehaviour.DropAfterAccepting);

        (await _vault.ChargeAsync(payment)).ShouldBe(ChargeStatus.Unknown);
        await _vault.KeepHouseAsync();
        _clock.Advance(TimeSpan.FromHours(1));
        (await _vault.ChargeAsync(payment)).ShouldBe(ChargeStatus.Unknown);

        (await _vault.GetAsync(payment)).Events.Select(entry => entry.Type).ShouldBe([PaymentIntentEventType.Created, PaymentIntentEventType.Unknown]);
        Acquirer.TimesCharged.ShouldBe(1);
    }

    [Fact]
    public async Task While_nothing_is_known_neither_can_be_deleted_nor_the_token_charged_by_another()
    {
        var token = (await _vault.TokenizeAsync()).Id;
        var other = await _vault.PrepareAsync(token);
        var payment = await LoseAnswerAsync(AcquirerBehaviour.DropAfterAccepting, await _vault.PrepareAsync(token));

        (await _vault.DeleteTokenAsync(token)).Refusal.ShouldBeOfType<Refusal.WrongState>();
        (await _vault.Get<IPaymentIntentService>().DeleteAsync(new(_vault.Tenant, "key:1"), payment.Id)).Refusal.ShouldBeOfType<Refusal.WrongState>();
        (await _vault.TryChargeAsync(other)).Refusal.ShouldBeOfType<Refusal.Conflict>();
        Acquirer.TimesCharged.ShouldBe(1);
    }

    [Fact]
    public async Task An_unknown_charge_outlives_the_lifetime_of_its_payment_intent_and_of_its_card()
    {
        var payment = await LoseAnswerAsync(AcquirerBehaviour.DropAfterAccepting, await _vault.PrepareAsync((await _vault.TokenizeAsync(expiry: "07/26")).Id));
        _clock.Advance(TimeSpan.FromDays(60));
        await _vault.KeepHouseAsync();
        (await _vault.GetAsync(payment)).Status.ShouldBe(PaymentIntentStatus.Created);

        Acquirer.DefaultWhenAsked = null;
        await _vault.KeepHouseAsync();

        await ShouldBeChargedOnceAsync(payment);
    }

    [Fact]
    public async Task A_lost_decline_is_found_out()
    {
        var payment = await _vault.PrepareAsync();
        var transaction = await _vault.BeginAndCrashAsync(payment);
        Acquirer.Program(transaction, AcquirerBehaviour.Decline, whenAsked: AcquirerBehaviour.ServerError);
        using (var card = VaultSamples.Card(VaultSamples.Unlisted))
        {
            await _vault.Get<ICardAuthorizer>().ChargeAsync(_vault.Tenant, card, 1999, "GBP", transaction, TestContext.Current.CancellationToken);
        }

        Acquirer.Program(transaction, AcquirerBehaviour.Decline);
        _clock.Advance(Charges.LeaseTime);
        await _vault.KeepHouseAsync();

        (await _vault.GetAsync(payment)).Events[^1].Type.ShouldBe(PaymentIntentEventType.Declined);
        (await _vault.GetStoredTokenAsync(payment.SetupIntentId!)).ChargedBy.ShouldBeNull();
        Acquirer.TimesPosted(transaction).ShouldBe(1);
    }

    [Fact]
    public async Task A_charge_that_the_acquirer_has_never_seen_is_made_by_the_next_call_once()
    {
        var payment = await _vault.PrepareAsync();
        Acquirer.Default = AcquirerBehaviour.DropBeforeReading;
        (await _vault.ChargeAsync(payment)).ShouldBe(ChargeStatus.Unknown);
        Acquirer.TimesCharged.ShouldBe(0);

        Acquirer.Default = AcquirerBehaviour.Approve;
        (await _vault.ChargeAsync(payment)).ShouldBe(ChargeStatus.Successful);

        await ShouldBeChargedOnceAsync(payment);
    }

    [Fact]
    public async Task A_charge_that_the_acquirer_has_never_seen_is_not_open_for_ever()
    {
        var payment = await _vault.PrepareAsync();
        Acquirer.Default = AcquirerBehaviour.DropBeforeReading;
        (await _vault.ChargeAsync(payment)).ShouldBe(ChargeStatus.Unknown);

        Acquirer.Default = AcquirerBehaviour.Approve;
        await _vault.KeepHouseAsync();

        (await _vault.GetStoredAsync(payment)).Attempt.ShouldBeNull();
        (await _vault.GetStoredTokenAsync(payment.SetupIntentId!)).ChargedBy.ShouldBeNull();
        Acquirer.TimesCharged.ShouldBe(0, "nobody has been told that it would be charged without another call");
        (await _vault.GetAsync(payment)).Events[^1].Type.ShouldBe(PaymentIntentEventType.Error);
        (await _vault.ChargeAsync(payment)).ShouldBe(ChargeStatus.Successful);
        await ShouldBeChargedOnceAsync(payment);
    }

    [Fact]
    public async Task A_crash_before_the_acquirer_heard_of_it_charges_nothing_and_the_next_call_charges_once()
    {
        var payment = await _vault.PrepareAsync();
        await _vault.BeginAndCrashAsync(payment);

        (await _vault.TryChargeAsync(payment)).Refusal.ShouldBeOfType<Refusal.Conflict>();
        await _vault.KeepHouseAsync();
        _clock.Advance(Charges.LeaseTime - TimeSpan.FromMicroseconds(1));
        (await _vault.TryChargeAsync(payment)).Refusal.ShouldBeOfType<Refusal.Conflict>();
        Acquirer.TimesCharged.ShouldBe(0);

        _clock.Advance(TimeSpan.FromMicroseconds(1));
        (await _vault.ChargeAsync(payment)).ShouldBe(ChargeStatus.Successful);
        await ShouldBeChargedOnceAsync(payment);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_crash_after_the_acquirer_acted_is_resolved_without_charging_again(bool byHousekeeping)
    {
        var payment = await _vault.PrepareAsync();
        var transaction = await _vault.BeginAndCrashAsync(payment);
        using (var card = VaultSamples.Card(VaultSamples.Unlisted))
        {
            await _vault.Get<ICardAuthorizer>().ChargeAsync(_vault.Tenant, card, 1999, "GBP", transaction, TestContext.Current.CancellationToken);
        }

        _clock.Advance(Charges.LeaseTime);
        if (byHousekeeping)
        {
            await _vault.KeepHouseAsync();
        }
        else
        {
            (await _vault.ChargeAsync(payment)).ShouldBe(ChargeStatus.Successful);
        }

        await ShouldBeChargedOnceAsync(payment);
        (await _vault.GetAsync(payment)).Events[^1].TransactionId.ShouldBe(transaction);
    }

    [Fact]
    public async Task Without_an_acquirer_nothing_is_charged_and_what_is_open_stays_open()
    {
        var unknown = await LoseAnswerAsync(AcquirerBehaviour.DropAfterAccepting);
        var fresh = await FreshAsync();
        _vault.HasAcquirer = false;
        await _vault.ReopenAsync();

        (await _vault.ChargeAsync(fresh)).ShouldBe(ChargeStatus.Failed);
        (await _vault.ChargeAsync(unknown)).ShouldBe(ChargeStatus.Unknown);

        _vault.HasAcquirer = true;
        Acquirer.DefaultWhenAsked = null;
        await _vault.ReopenAsync();
        await _vault.KeepHouseAsync();
        await ShouldBeChargedOnceAsync(unknown);

        async Task<PaymentIntent> FreshAsync()
        {
            Acquirer.Default = AcquirerBehaviour.Approve;
            return await _vault.PrepareAsync();
        }
    }

    [Fact]
    public async Task An_answer_that_does_not_come_in_time_is_unknown_and_resolved_later()
    {
        var clock = new SteppedClock();
        await using var vault = await ChargingVault.OpenAsync(clock);
        var payment = await vault.PrepareAsync();
        vault.Acquirer.Default = AcquirerBehaviour.Delay;

        var charge = vault.ChargeAsync(payment);
        var transaction = await vault.Acquirer.FirstTo("charges");
        clock.Advance(new AcquirerOptions().Timeout);
        (await charge).ShouldBe(ChargeStatus.Unknown);

        (await vault.ChargeAsync(payment)).ShouldBe(ChargeStatus.Successful);
        vault.Acquirer.TimesPosted(transaction).ShouldBe(1);
        vault.Acquirer.TimesCharged.ShouldBe(1);
    }

    [Fact]
    public async Task A_token_cannot_be_deleted_while_it_is_charged()
    {
        var payment = await _vault.PrepareAsync();
        Acquirer.Default = AcquirerBehaviour.Delay;
        var charge = _vault.ChargeAsync(payment);
        var transaction = await Acquirer.FirstTo("charges");

        (await _vault.DeleteTokenAsync(payment.SetupIntentId!)).Refusal.ShouldBeOfType<Refusal.WrongState>();
        (await _vault.TryChargeAsync(payment)).Refusal.ShouldBeOfType<Refusal.Conflict>();

        Acquirer.Release(transaction);
        (await charge).ShouldBe(ChargeStatus.Successful);
        await ShouldBeChargedOnceAsync(payment);
    }

    [Fact]
    public async Task Of_16_calls_for_one_payment_intent_one_charges()
    {
        var payment = await _vault.PrepareAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => _vault.TryChargeAsync(payment))));

        await ShouldHaveOneSuccessAsync(results, payment.SetupIntentId!);
    }

    [Fact]
    public async Task Of_16_calls_for_two_payment_intents_of_one_token_one_charges()
    {
        var token = (await _vault.TokenizeAsync()).Id;
        PaymentIntent[] payments = [await _vault.PrepareAsync(token), await _vault.PrepareAsync(token)];

        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(call => Task.Run(() => _vault.TryChargeAsync(payments[call % 2]))));

        await ShouldHaveOneSuccessAsync(results, token);
    }

    [Fact]
    public async Task Of_16_calls_that_resolve_one_lost_answer_none_charges_again()
    {
        var payment = await LoseAnswerAsync(AcquirerBehaviour.ServerError);
        Acquirer.DefaultWhenAsked = null;

        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => _vault.TryChargeAsync(payment))));

        await ShouldHaveOneSuccessAsync(results, payment.SetupIntentId!);
    }

    [Fact]
    public async Task After_a_restart_with_the_clock_set_back_no_id_and_no_transaction_is_used_again()
    {
        var token = (await _vault.TokenizeAsync()).Id;
        var first = await _vault.PrepareAsync(token);
        Acquirer.Default = AcquirerBehaviour.Decline;
        (await _vault.ChargeAsync(first)).ShouldBe(ChargeStatus.Declined);

        _clock.AdjustTime(_clock.GetUtcNow().AddHours(-1));
        await _vault.ReopenAsync();
        Acquirer.Default = AcquirerBehaviour.Approve;
        var second = await _vault.PrepareAsync(token);
        second.Id.ShouldNotBe(first.Id, StringComparer.Ordinal);
        (await _vault.ChargeAsync(second)).ShouldBe(ChargeStatus.Successful);
        (await _vault.GetAsync(second)).Events[^1].TransactionId.ShouldNotBe((await _vault.GetAsync(first)).Events[^1].TransactionId, StringComparer.Ordinal);
    }

    private async Task<PaymentIntent> LoseAnswerAsync(AcquirerBehaviour behaviour, PaymentIntent? payment = null)
    {
        payment ??= await _vault.PrepareAsync();
        (Acquirer.Default, Acquirer.DefaultWhenAsked) = (behaviour, behaviour);
        (await _vault.ChargeAsync(payment)).ShouldBe(ChargeStatus.Unknown);
        Acquirer.TimesCharged.ShouldBe(1);
        return payment;
    }

    private async Task ShouldBeChargedOnceAsync(PaymentIntent payment)
    {
        Acquirer.TimesCharged.ShouldBe(1);
        var charged = await _vault.GetAsync(payment);
        charged.Status.ShouldBe(PaymentIntentStatus.Captured);
        charged.Events.Count(entry => entry.Type == PaymentIntentEventType.Captured).ShouldBe(1);
        var token = await _vault.GetTokenAsync(payment.SetupIntentId!);
        token.Status.ShouldBe(SetupIntentStatus.Completed);
        token.Events.ShouldNotBeNull().Count(entry => entry.Type == SetupIntentEventType.Completed).ShouldBe(1);
        (await _vault.GetStoredTokenAsync(payment.SetupIntentId!)).ChargedBy.ShouldBeNull();
    }

    private async Task ShouldHaveOneSuccessAsync(Result<Charge>[] results, string token)
    {
        results.Count(result => result.IsSuccess && result.Value.Status == ChargeStatus.Successful).ShouldBe(1);
        results.Where(result => !result.IsSuccess).ShouldAllBe(result => result.Refusal is Refusal.Conflict || result.Refusal is Refusal.WrongState);
        results.Count(result => !result.IsSuccess).ShouldBe(results.Length - 1);
        Acquirer.TimesCharged.ShouldBe(1);
        (await _vault.GetTokenAsync(token)).Status.ShouldBe(SetupIntentStatus.Completed);
    }
}
