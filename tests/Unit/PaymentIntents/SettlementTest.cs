using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.PaymentIntents;

namespace Dojo.Pci.Tests.Unit.PaymentIntents;

/// <summary>The base of tests for captures, reversals and refunds through an acquirer.</summary>
public abstract class SettlementTest : ChargingVaultTest
{
    private protected long Moved(PaymentIntent payment, string resource) =>
        Acquirer.MovedBy(resource, payment.Events.First(entry => entry.AuthCode is not null).TransactionId!);

    private protected void Lose(AcquirerBehaviour behaviour) => (Acquirer.Default, Acquirer.DefaultWhenAsked) = (behaviour, behaviour);

    private protected void Recover() => (Acquirer.Default, Acquirer.DefaultWhenAsked) = (AcquirerBehaviour.Approve, null);

    private protected async Task<SettlementStatus> CaptureAsync(PaymentIntent payment, long amount) => (await Vault.CaptureAsync(payment, amount)).Value.ShouldNotBeNull().Status;

    private protected async Task<SettlementStatus> RefundAsync(PaymentIntent payment, long amount, string key) =>
        (await Vault.RefundAsync(payment, amount, key)).Value.ShouldNotBeNull().Status;
}
