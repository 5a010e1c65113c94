using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tests.Unit.PaymentIntents;

/// <summary>The base of tests for charges through an acquirer.</summary>
public abstract class ChargeTest : ChargingVaultTest
{
    private protected async Task<PaymentIntent> LoseAnswerAsync(AcquirerBehaviour behaviour, PaymentIntent? payment = null)
    {
        payment ??= await Vault.PrepareAsync();
        (Acquirer.Default, Acquirer.DefaultWhenAsked) = (behaviour, behaviour);
        (await Vault.ChargeAsync(payment)).ShouldBe(ChargeStatus.Unknown);
        Acquirer.TimesCharged.ShouldBe(1);
        return payment;
    }

    private protected async Task ShouldBeChargedOnceAsync(PaymentIntent payment)
    {
        Acquirer.TimesCharged.ShouldBe(1);
        var charged = await Vault.GetAsync(payment);
        charged.Status.ShouldBe(PaymentIntentStatus.Captured);
        charged.Events.Count(entry => entry.Type == PaymentIntentEventType.Captured).ShouldBe(1);
        var token = await Vault.GetTokenAsync(payment.SetupIntentId!);
        token.Status.ShouldBe(SetupIntentStatus.Completed);
        token.Events.ShouldNotBeNull().Count(entry => entry.Type == SetupIntentEventType.Completed).ShouldBe(1);
        (await Vault.GetStoredTokenAsync(payment.SetupIntentId!)).ChargedBy.ShouldBeNull();
    }
}
