using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tests.Unit.PaymentIntents;

/// <summary>A charge happens once or not at all, whatever the acquirer answers and however many callers there are at once.</summary>
public sealed class ChargingThroughTheAcquirerTests : ChargeTest
{
    [Fact]
    public async Task An_approved_charge_takes_the_amount_once_and_completes_the_token()
    {
        var payment = await Vault.PrepareAsync();

        (await Vault.ChargeAsync(payment)).ShouldBe(ChargeStatus.Successful);

        var charged = await Vault.GetAsync(payment);
        charged.Status.ShouldBe(PaymentIntentStatus.Captured);
        var captured = charged.Events.Single(entry => entry.Type == PaymentIntentEventType.Captured);
        captured.AuthCode.ShouldBe(ReferenceAcquirer.AuthCode);
        Acquirer.PathOf(captured.TransactionId!).ShouldBe("/v1/charges");
        Acquirer.BodyOf(captured.TransactionId!)!["amount"]!.ToJsonString().ShouldBe("""{"value":1999,"currencyCode":"GBP"}""");
        Acquirer.BodyOf(captured.TransactionId!)!["card"]!["number"]!.GetValue<string>().ShouldBe(VaultSamples.Unlisted);
        Acquirer.TimesCharged.ShouldBe(1);
        var token = await Vault.GetTokenAsync(payment.SetupIntentId!);
        token.Status.ShouldBe(SetupIntentStatus.Completed);
        token.Events.ShouldNotBeNull()[^1].TransactionId.ShouldBe(captured.TransactionId);
    }

    [Fact]
    public async Task A_declined_charge_leaves_both_as_they_were_and_may_be_tried_again_under_another_name()
    {
        var payment = await Vault.PrepareAsync();
        Acquirer.Default = AcquirerBehaviour.Decline;
        (await Vault.ChargeAsync(payment)).ShouldBe(ChargeStatus.Declined);

        (await Vault.GetAsync(payment)).Status.ShouldBe(PaymentIntentStatus.Created);
        (await Vault.GetTokenAsync(payment.SetupIntentId!)).Status.ShouldBe(SetupIntentStatus.Authorized);
        (await Vault.GetStoredTokenAsync(payment.SetupIntentId!)).ChargedBy.ShouldBeNull();

        Acquirer.Default = AcquirerBehaviour.Approve;
        (await Vault.ChargeAsync(payment)).ShouldBe(ChargeStatus.Successful);
        var events = (await Vault.GetAsync(payment)).Events;
        events.Select(entry => entry.Type).ShouldBe([PaymentIntentEventType.Created, PaymentIntentEventType.Declined, PaymentIntentEventType.Captured]);
        events[2].TransactionId.ShouldNotBe(events[1].TransactionId, StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_refused_request_has_charged_nothing_and_may_be_tried_again()
    {
        var payment = await Vault.PrepareAsync();
        Acquirer.Default = AcquirerBehaviour.Refuse;
        (await Vault.ChargeAsync(payment)).ShouldBe(ChargeStatus.Failed);
        (await Vault.GetAsync(payment)).Events[^1].Type.ShouldBe(PaymentIntentEventType.Error);
        Acquirer.TimesCharged.ShouldBe(0);

        Acquirer.Default = AcquirerBehaviour.Approve;
        (await Vault.ChargeAsync(payment)).ShouldBe(ChargeStatus.Successful);
        Acquirer.TimesCharged.ShouldBe(1);
    }

    [Fact]
    public async Task Without_an_acquirer_nothing_is_charged_and_what_is_open_stays_open()
    {
        var unknown = await LoseAnswerAsync(AcquirerBehaviour.DropAfterAccepting);
        var fresh = await FreshAsync();
        Vault.HasAcquirer = false;
        await Vault.ReopenAsync();

        (await Vault.ChargeAsync(fresh)).ShouldBe(ChargeStatus.Failed);
        (await Vault.ChargeAsync(unknown)).ShouldBe(ChargeStatus.Unknown);

        Vault.HasAcquirer = true;
        Acquirer.DefaultWhenAsked = null;
        await Vault.ReopenAsync();
        await Vault.KeepHouseAsync();
        await ShouldBeChargedOnceAsync(unknown);

        async Task<PaymentIntent> FreshAsync()
        {
            Acquirer.Default = AcquirerBehaviour.Approve;
            return await Vault.PrepareAsync();
        }
    }

    [Fact]
    public async Task A_token_cannot_be_deleted_while_it_is_charged()
    {
        var payment = await Vault.PrepareAsync();
        Acquirer.Default = AcquirerBehaviour.Delay;
        var charge = Vault.ChargeAsync(payment);
        var transaction = await Acquirer.FirstTo("charges");

        (await Vault.DeleteTokenAsync(payment.SetupIntentId!)).Refusal.ShouldBeOfType<Refusal.WrongState>();
        (await Vault.TryChargeAsync(payment)).Refusal.ShouldBeOfType<Refusal.Conflict>();

        Acquirer.Release(transaction);
        (await charge).ShouldBe(ChargeStatus.Successful);
        await ShouldBeChargedOnceAsync(payment);
    }

    [Fact]
    public async Task Of_16_calls_for_one_payment_intent_one_charges()
    {
        var payment = await Vault.PrepareAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => Vault.TryChargeAsync(payment))));

        await ShouldHaveOneSuccessAsync(results, payment.SetupIntentId!);
    }

    [Fact]
    public async Task Of_16_calls_for_two_payment_intents_of_one_token_one_charges()
    {
        var token = (await Vault.TokenizeAsync()).Id;
        PaymentIntent[] payments = [await Vault.PrepareAsync(token), await Vault.PrepareAsync(token)];

        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(call => Task.Run(() => Vault.TryChargeAsync(payments[call % 2]))));

        await ShouldHaveOneSuccessAsync(results, token);
    }

    [Fact]
    public async Task Of_16_calls_that_resolve_one_lost_answer_none_charges_again()
    {
        var payment = await LoseAnswerAsync(AcquirerBehaviour.ServerError);
        Acquirer.DefaultWhenAsked = null;

        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => Vault.TryChargeAsync(payment))));

        await ShouldHaveOneSuccessAsync(results, payment.SetupIntentId!);
    }

    [Fact]
    public async Task After_a_restart_with_the_clock_set_back_no_id_and_no_transaction_is_used_again()
    {
        var token = (await Vault.TokenizeAsync()).Id;
        var first = await Vault.PrepareAsync(token);
        Acquirer.Default = AcquirerBehaviour.Decline;
        (await Vault.ChargeAsync(first)).ShouldBe(ChargeStatus.Declined);

        Clock.AdjustTime(Clock.GetUtcNow().AddHours(-1));
        await Vault.ReopenAsync();
        Acquirer.Default = AcquirerBehaviour.Approve;
        var second = await Vault.PrepareAsync(token);
        second.Id.ShouldNotBe(first.Id, StringComparer.Ordinal);
        (await Vault.ChargeAsync(second)).ShouldBe(ChargeStatus.Successful);
        (await Vault.GetAsync(second)).Events[^1].TransactionId.ShouldNotBe((await Vault.GetAsync(first)).Events[^1].TransactionId, StringComparer.Ordinal);
    }

    private async Task ShouldHaveOneSuccessAsync(Result<Charge>[] results, string token)
    {
        results.Count(result => result.IsSuccess && result.Value.Status == ChargeStatus.Successful).ShouldBe(1);
        results.Where(result => !result.IsSuccess).ShouldAllBe(result => result.Refusal is Refusal.Conflict || result.Refusal is Refusal.WrongState);
        results.Count(result => !result.IsSuccess).ShouldBe(results.Length - 1);
        Acquirer.TimesCharged.ShouldBe(1);
        (await Vault.GetTokenAsync(token)).Status.ShouldBe(SetupIntentStatus.Completed);
    }
}
