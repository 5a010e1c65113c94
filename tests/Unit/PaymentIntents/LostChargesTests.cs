using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Authorization;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tests.Unit.PaymentIntents;

/// <summary>However a call to the acquirer or its answer is lost, the charge happens once or not at all, and in the end the outcome is known.</summary>
public sealed class LostChargesTests : ChargeTest
{
    [Theory]
    [MemberData(nameof(LostAnswers))]
    public async Task After_a_lost_answer_the_next_call_asks_and_does_not_charge_again(int behaviour)
    {
        var payment = await LoseAnswerAsync((AcquirerBehaviour)behaviour);
        (await Vault.GetAsync(payment)).Status.ShouldBe(PaymentIntentStatus.Created);
        (await Vault.GetTokenAsync(payment.SetupIntentId!)).Status.ShouldBe(SetupIntentStatus.Authorized);

        Acquirer.DefaultWhenAsked = null;
        (await Vault.ChargeAsync(payment)).ShouldBe(ChargeStatus.Successful);

        await ShouldBeChargedOnceAsync(payment);
    }

    [Theory]
    [MemberData(nameof(LostAnswers))]
    public async Task After_a_lost_answer_housekeeping_asks_and_does_not_charge_again(int behaviour)
    {
        var payment = await LoseAnswerAsync((AcquirerBehaviour)behaviour);

        Acquirer.DefaultWhenAsked = null;
        await Vault.KeepHouseAsync();

        await ShouldBeChargedOnceAsync(payment);
    }

    [Fact]
    public async Task As_long_as_nothing_is_known_every_call_says_so_and_the_history_says_it_once()
    {
        var payment = await LoseAnswerAsync(AcquirerBehaviour.DropAfterAccepting);

        (await Vault.ChargeAsync(payment)).ShouldBe(ChargeStatus.Unknown);
        await Vault.KeepHouseAsync();
        Clock.Advance(TimeSpan.FromHours(1));
        (await Vault.ChargeAsync(payment)).ShouldBe(ChargeStatus.Unknown);

        (await Vault.GetAsync(payment)).Events.Select(entry => entry.Type).ShouldBe([PaymentIntentEventType.Created, PaymentIntentEventType.Unknown]);
        Acquirer.TimesCharged.ShouldBe(1);
    }

    [Fact]
    public async Task While_nothing_is_known_neither_can_be_deleted_nor_the_token_charged_by_another()
    {
        var token = (await Vault.TokenizeAsync()).Id;
        var other = await Vault.PrepareAsync(token);
        var payment = await LoseAnswerAsync(AcquirerBehaviour.DropAfterAccepting, await Vault.PrepareAsync(token));

        (await Vault.DeleteTokenAsync(token)).Refusal.ShouldBeOfType<Refusal.WrongState>();
        (await Vault.Get<IPaymentIntentService>().DeleteAsync(new(Vault.Tenant, "key:1"), payment.Id)).Refusal.ShouldBeOfType<Refusal.WrongState>();
        (await Vault.TryChargeAsync(other)).Refusal.ShouldBeOfType<Refusal.Conflict>();
        Acquirer.TimesCharged.ShouldBe(1);
    }

    [Fact]
    public async Task An_unknown_charge_outlives_the_lifetime_of_its_payment_intent_and_of_its_card()
    {
        var payment = await LoseAnswerAsync(AcquirerBehaviour.DropAfterAccepting, await Vault.PrepareAsync((await Vault.TokenizeAsync(expiry: "07/26")).Id));
        Clock.Advance(TimeSpan.FromDays(60));
        await Vault.KeepHouseAsync();
        (await Vault.GetAsync(payment)).Status.ShouldBe(PaymentIntentStatus.Created);

        Acquirer.DefaultWhenAsked = null;
        await Vault.KeepHouseAsync();

        await ShouldBeChargedOnceAsync(payment);
    }

    [Fact]
    public async Task A_lost_decline_is_found_out()
    {
        var payment = await Vault.PrepareAsync();
        var transaction = await Vault.BeginAndCrashAsync(payment);
        Acquirer.Program(transaction, AcquirerBehaviour.Decline, whenAsked: AcquirerBehaviour.ServerError);
        using (var card = VaultSamples.Card(VaultSamples.Unlisted))
        {
            await Vault.Get<ICardAuthorizer>().ChargeAsync(Vault.Tenant, card, 1999, "GBP", transaction, TestContext.Current.CancellationToken);
        }

        Acquirer.Program(transaction, AcquirerBehaviour.Decline);
        Clock.Advance(Charges.LeaseTime);
        await Vault.KeepHouseAsync();

        (await Vault.GetAsync(payment)).Events[^1].Type.ShouldBe(PaymentIntentEventType.Declined);
        (await Vault.GetStoredTokenAsync(payment.SetupIntentId!)).ChargedBy.ShouldBeNull();
        Acquirer.TimesPosted(transaction).ShouldBe(1);
    }

    [Fact]
    public async Task A_charge_that_the_acquirer_has_never_seen_is_made_by_the_next_call_once()
    {
        var payment = await Vault.PrepareAsync();
        Acquirer.Default = AcquirerBehaviour.DropBeforeReading;
        (await Vault.ChargeAsync(payment)).ShouldBe(ChargeStatus.Unknown);
        Acquirer.TimesCharged.ShouldBe(0);

        Acquirer.Default = AcquirerBehaviour.Approve;
        (await Vault.ChargeAsync(payment)).ShouldBe(ChargeStatus.Successful);

        await ShouldBeChargedOnceAsync(payment);
    }

    [Fact]
    public async Task A_charge_that_the_acquirer_has_never_seen_is_not_open_for_ever()
    {
        var payment = await Vault.PrepareAsync();
        Acquirer.Default = AcquirerBehaviour.DropBeforeReading;
        (await Vault.ChargeAsync(payment)).ShouldBe(ChargeStatus.Unknown);

        Acquirer.Default = AcquirerBehaviour.Approve;
        await Vault.KeepHouseAsync();

        (await Vault.GetStoredAsync(payment)).Attempt.ShouldBeNull();
        (await Vault.GetStoredTokenAsync(payment.SetupIntentId!)).ChargedBy.ShouldBeNull();
        Acquirer.TimesCharged.ShouldBe(0, "nobody has been told that it would be charged without another call");
        (await Vault.GetAsync(payment)).Events[^1].Type.ShouldBe(PaymentIntentEventType.Error);
        (await Vault.ChargeAsync(payment)).ShouldBe(ChargeStatus.Successful);
        await ShouldBeChargedOnceAsync(payment);
    }

    [Fact]
    public async Task A_crash_before_the_acquirer_heard_of_it_charges_nothing_and_the_next_call_charges_once()
    {
        var payment = await Vault.PrepareAsync();
        await Vault.BeginAndCrashAsync(payment);

        (await Vault.TryChargeAsync(payment)).Refusal.ShouldBeOfType<Refusal.Conflict>();
        await Vault.KeepHouseAsync();
        Clock.Advance(Charges.LeaseTime - TimeSpan.FromMicroseconds(1));
        (await Vault.TryChargeAsync(payment)).Refusal.ShouldBeOfType<Refusal.Conflict>();
        Acquirer.TimesCharged.ShouldBe(0);

        Clock.Advance(TimeSpan.FromMicroseconds(1));
        (await Vault.ChargeAsync(payment)).ShouldBe(ChargeStatus.Successful);
        await ShouldBeChargedOnceAsync(payment);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_crash_after_the_acquirer_acted_is_resolved_without_charging_again(bool byHousekeeping)
    {
        var payment = await Vault.PrepareAsync();
        var transaction = await Vault.BeginAndCrashAsync(payment);
        using (var card = VaultSamples.Card(VaultSamples.Unlisted))
        {
            await Vault.Get<ICardAuthorizer>().ChargeAsync(Vault.Tenant, card, 1999, "GBP", transaction, TestContext.Current.CancellationToken);
        }

        Clock.Advance(Charges.LeaseTime);
        if (byHousekeeping)
        {
            await Vault.KeepHouseAsync();
        }
        else
        {
            (await Vault.ChargeAsync(payment)).ShouldBe(ChargeStatus.Successful);
        }

        await ShouldBeChargedOnceAsync(payment);
        (await Vault.GetAsync(payment)).Events[^1].TransactionId.ShouldBe(transaction);
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
}
